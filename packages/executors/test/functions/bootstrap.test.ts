import { existsSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { workerBootstrap } from '../../src/functions/bootstrap.ts'

const { execArgv } = process
const environment = { ...process.env }

afterEach(() => {
  process.execArgv = execArgv
  for (const name of ['VITEST', 'NODE_OPTIONS']) {
    const before = environment[name]
    if (before === undefined) delete process.env[name]
    else process.env[name] = before
  }
})

/** What a worker gets of a program that was started so; `tsx` in place of the hooks of tsx. */
function startedWith(args: string[], kind: 'thread' | 'process' = 'thread'): string[] {
  process.execArgv = args
  return workerBootstrap(kind).execArgv.map((arg) => (arg.startsWith('data:') ? 'tsx' : arg))
}

describe('workerBootstrap', () => {
  test('names an entry that is there', () => {
    for (const kind of ['thread', 'process'] as const) {
      const { entry } = workerBootstrap(kind)
      expect(entry.pathname).toContain(`/worker/${kind}.`)
      expect(existsSync(entry)).toBe(true)
    }
  })

  test('gives what Vitest has set, without its own preload, and tsx', () => {
    const args = [
      '--require',
      '/x/node_modules/vitest/suppress-warnings.cjs',
      '--conditions',
      'module',
    ]
    expect(startedWith(args)).toEqual(['--conditions', 'module', '--import', 'tsx'])
  })

  test.each([
    [['--import', 'tsx', '--conditions=a']],
    [['--import=tsx', '--conditions=a']],
    [['--conditions=a', '--import', 'tsx/esm']],
    [
      [
        '--require',
        '/x/tsx/dist/preflight.cjs',
        '--import',
        'file:///x/tsx/dist/loader.mjs',
        '--conditions=a',
      ],
    ],
    [['--loader=tsx', '--conditions=a']],
  ])('gives the hooks of tsx once: %s', (args) => {
    delete process.env['VITEST']
    expect(startedWith(args)).toEqual(['--conditions=a', '--import', 'tsx'])
    expect(startedWith(args, 'process')).toEqual(['--conditions=a', '--import', 'tsx'])
  })

  test('knows tsx from NODE_OPTIONS', () => {
    delete process.env['VITEST']
    process.env['NODE_OPTIONS'] = '--no-warnings --import tsx'
    expect(startedWith([])).toEqual(['--import', 'tsx'])
  })

  test('hands the same on in a worker', () => {
    process.execArgv = ['--import', 'tsx']
    const first = workerBootstrap('thread').execArgv
    process.execArgv = first
    delete process.env['VITEST']
    expect(workerBootstrap('process').execArgv).toEqual(first)
    expect(first).toHaveLength(2)
  })

  test('keeps what else a program loads first', () => {
    expect(startedWith(['-r', '/home/tsx/telemetry.cjs'])).toContain('/home/tsx/telemetry.cjs')
    expect(startedWith(['--import', './telemetry.mjs'])).toEqual([
      '--import',
      './telemetry.mjs',
      '--import',
      'tsx',
    ])
  })
})
