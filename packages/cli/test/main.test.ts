import { readFile } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import { start } from './support/start.ts'

// Each test starts a program, which compiles its sources first.
vi.setConfig({ testTimeout: 60_000 })

test.each([[['--help']], [['-h']], [['help']]])('%j says what there is', async (args) => {
  const { code, stdout, stderr } = await start(args).ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^Usage: hocket COMMAND/)
  expect(stdout).toMatch(/^ {2}get {3}\S/m)
  expect(stdout).toMatch(/^ {2}run {3}\S/m)
})

test('help of a command is its own', async () => {
  const { code, stdout } = await start(['help', 'run']).ended
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Usage: hocket run /)
})

test('--version is that of the package', async () => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  const { code, stdout } = await start(['--version']).ended
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${JSON.parse(text).version}\n` })
})

describe('what is no command', () => {
  test.each([
    [[], 'nothing'],
    [['fetch'], '"fetch"'],
    [['toString'], '"toString"'],
    [['--frob'], '"--frob"'],
  ])('%j', async (args, got) => {
    const { code, stdout, stderr } = await start(args).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`hocket: expected the command get or run, got ${got}: see hocket --help\n`)
  })
})
