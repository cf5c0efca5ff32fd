import { spawnSync } from 'node:child_process'
import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { kindOf } from '../../src/wire/kinds.ts'

const kindOfValue = (value: object): string | undefined =>
  kindOf(Object.getPrototypeOf(value) as object)

test('classes of the host are known, also those that are loaded when they are asked for', () => {
  expect(kindOfValue(new Headers())).toBe('emptied')
  expect(kindOfValue(new Response())).toBe('emptied')
  expect(kindOfValue(new Blob([]))).toBe('local')
  expect(kindOfValue(new ReadableStream())).toBe('handed')
  expect(kindOfValue(new (class extends TextDecoder {})())).toBe('emptied')
  expect(kindOfValue(createSecretKey(Buffer.from('secret')))).toBe('local')
  expect(kindOfValue(new (class extends Map {})())).toBe('map')
})

test('a class of that name is another one', () => {
  class Headers {}
  expect(kindOfValue(new Headers())).toBe(undefined)
  expect(kindOfValue(new Headers())).toBe(undefined)
  expect(kindOf({ constructor: null })).toBe(undefined)
})

test('the package does not load what it only has to recognize', () => {
  const program = `const before = new Set(process.moduleLoadList)
await import('@hocket/executors')
console.log(process.moduleLoadList.filter((name) => !before.has(name)).join('\\n'))`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@hocket/source', '--import', 'tsx', '--input-type=module', '--eval', program],
    {
      encoding: 'utf8',
      cwd: import.meta.dirname,
      env: { ...process.env, VITEST: '', NODE_OPTIONS: '' },
    },
  )
  expect(stderr).toBe('')
  expect(stdout).toContain('perf_hooks')
  expect(stdout).not.toMatch(/undici|http2|webstreams/)
}, 60_000)
