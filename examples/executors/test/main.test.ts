import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder, startProgram } from '@hocket/test-support'
import { expect, test, vi } from 'vitest'
import { paintPicture } from '../src/server/picture.ts'

// Each starts a program that starts threads and processes, and all of them compile their sources.
vi.setConfig({ testTimeout: 120_000 })

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

test('calls what blocks in every kind of executor, and downloads the same pictures in three ways', async () => {
  const folder = await makeFolder()
  const args = ['--block', '60', '--images', '5', '--delay', '20', '--threads', '2']

  const { code, stdout, stderr } = await startProgram(main, [...args, '--folder', folder]).ended

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(
    'default executor  func1\nthread pool       func1\nprocess pool      func1\n',
  )
  const [, ticked] = /Meanwhile the loop did other things (\d+) times/.exec(stdout) ?? []
  // Three calls of 60 ms, a tick every 10 ms: not one of them would come if a call stopped the loop.
  expect(Number(ticked)).toBeGreaterThan(3)
  expect(stdout).toMatch(/^all awaited +10 of 10 done, 10 callbacks called$/m)

  const names = ['1.bmp', '2.bmp', '3.bmp', '4.bmp', '5.bmp']
  const bytes = names.length * paintPicture(1).length
  expect(stdout.match(new RegExp(` ms  ${bytes} B$`, 'gm'))).toHaveLength(3)
  expect((await readdir(folder)).sort()).toEqual([
    'as-coroutines',
    'in-threads',
    'one-after-another',
  ])
  for (const way of await readdir(folder)) {
    expect((await readdir(join(folder, way))).sort()).toEqual(names)
    for (const [index, name] of names.entries()) {
      const same = paintPicture(index + 1).equals(await readFile(join(folder, way, name)))
      expect(`${way}/${name}: ${same}`).toBe(`${way}/${name}: true`)
    }
  }
})

test('arguments that make no sense end with 2', async () => {
  const { code, stdout, stderr } = await startProgram(main, ['--images', 'many']).ended
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain("expected a whole number from 1 after --images, got 'many'")
  expect(stderr).toContain('Usage: npm run example')
})
