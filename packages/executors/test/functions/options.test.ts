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
    const args = ['--max-old-space-size=100', '--expose-gc', '--title', 'a']
    expect(inherited('thread', args)).toEqual([])
    expect(inherited('process', args)).toEqual(args)
  })
})
