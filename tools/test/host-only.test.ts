import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../lib/root.mjs'
import { bin } from '../lib/run.mjs'

// The runtime keeps time and timers behind its host. biome.json says so; here is the proof that
// those lines of it bite.
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hocket-host-'))
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function complaints(path: string, code: string): string[] {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  const args = [
    bin('@biomejs/biome', 'biome'),
    'lint',
    '--vcs-enabled=false',
    '--reporter=json',
    '.',
  ]
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { message: string }[] }
  return diagnostics.map(({ message }) => /global variable (\w+)/.exec(message)?.[1] ?? message)
}

const code = `
export const a = [setTimeout, setImmediate, setInterval]
export const b = Date.now() + performance.now()
export const c = globalThis
export const d = process.pid
`

test('the rooms of the runtime touch no clock, timer or process', () => {
  expect(complaints('packages/hocket/src/task/x.ts', code)).toEqual([
    'setTimeout',
    'setImmediate',
    'setInterval',
    'Date',
    'performance',
    'globalThis',
    'process',
  ])
})

test('the host for browsers has timers and clocks, but nothing of Node', () => {
  expect(complaints('packages/hocket/src/loop/web/x.ts', code)).toEqual(['setImmediate', 'process'])
})

test('the host for Node has all of them', () => {
  expect(complaints('packages/hocket/src/loop/node/x.ts', code)).toEqual([])
})

test('names of properties and of parameters are not globals', () => {
  const harmless = 'export const f = (performance: { Date: number }) => performance.Date\n'
  expect(complaints('packages/hocket/src/task/x.ts', harmless)).toEqual([])
})
