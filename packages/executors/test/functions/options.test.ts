import { spawnSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { isInherited, parseOptions } from '../../src/functions/options.ts'

function inherited(kind: 'thread' | 'process', args: string[]): string[] {
  return parseOptions(args)
    .filter((option) => isInherited(option, kind))
    .flatMap((option) => option.args)
}

describe("a worker's options of node", () => {
  test('are those that say how modules are loaded', () => {
    const args = [
      '--import',
      'a',
      '--conditions=b',
      '-C',
      'c',
      '-r',
      'd',
      '--enable-source-maps',
      '--no-warnings',
    ]
    expect(inherited('thread', args)).toEqual(args)
    expect(inherited('process', args)).toEqual(args)
  })

  test.each([
    [['--eval', '--import']],
    [['-e', 'code', '--input-type=module']],
    [['--inspect-brk=9229', '--inspect', '--watch', '--watch-path=x']],
    [['--test', '--test-only', '--cpu-prof', '--check']],
    [['--input-type', 'module', '-p', '1']],
  ])('are not those of one start: %s', (args) => {
    expect(inherited('thread', args)).toEqual([])
    expect(inherited('process', args)).toEqual([])
  })

  test('are not those of the whole process, in a thread', () => {
    const args = ['--max-old-space-size=100', '--expose-gc', '--title', 'a', '--trace-gc']
    expect(inherited('thread', [...args, '--trace-sigint'])).toEqual([])
    expect(inherited('process', args)).toEqual(args)
  })

  test.each(['--trace-warnings', '--trace-deprecation', '--throw-deprecation', '--trace-uncaught'])(
    'are those of a thread as well: %s',
    async (option) => {
      expect(inherited('thread', [option])).toEqual([option])
      await new Worker('', { eval: true, execArgv: [option] }).terminate()
    },
  )

  test('leave a program with options for the engine its threads', () => {
    const program = `import { ThreadPoolExecutor } from '@hocket/executors'
const pool = new ThreadPoolExecutor(1)
console.log('result', await pool.submit((a) => a + 1, 1))
await pool.shutdown()`
    const options = ['--conditions=@hocket/source', '--import', 'tsx', '--trace-gc', '--trace-opt']
    const { stdout } = spawnSync(
      process.execPath,
      [...options, '--input-type=module', '--eval', program],
      { encoding: 'utf8', cwd: import.meta.dirname, env: { ...process.env, VITEST: '' } },
    )
    expect(stdout).toContain('result 2')
  }, 60_000)

  test('have their values with them', () => {
    const [option] = parseOptions(['--title', 'a'])
    expect(option).toEqual({ name: '--title', value: 'a', args: ['--title', 'a'] })
  })
})
