import { describe, expect, test } from 'vitest'
import { importsOf } from '../lib/imports.mjs'
import { judgeImport } from '../lib/room-rules.mjs'

const plan = {
  hocket: {
    folder: 'packages/hocket',
    packages: [],
    rooms: ['errors', 'loop', 'task', '.'],
    typesFromAbove: ['src/loop/event-loop.ts'],
    internal: { '#platform': 'loop' },
    node: ['loop/node'],
  },
  '@hocket/net': { folder: 'packages/net', packages: ['hocket'], rooms: ['.'], node: ['.'] },
  '@hocket/pure': { folder: 'packages/pure', packages: [], rooms: ['.'], node: [] },
}

function judge(owner: string, path: string, specifier: string, types = false) {
  return judgeImport(plan, { owner, path }, { specifier, types })
}

describe('rooms of one package', () => {
  test('a room imports itself and what is to its left', () => {
    expect(judge('hocket', 'src/task/task.ts', './driver.ts')).toBeNull()
    expect(judge('hocket', 'src/task/task.ts', '../loop/handle.ts')).toBeNull()
    expect(judge('hocket', 'src/index.ts', './task/task.ts')).toBeNull()
  })

  test('a room to the right is refused, and the message names both and the order', () => {
    expect(judge('hocket', 'src/loop/handle.ts', '../task/task.ts')).toBe(
      'goes from room loop up to room task. The order is errors < loop < task < .; move what both need into a room to the left.',
    )
    expect(judge('hocket', 'src/task/task.ts', '../index.ts')).toContain('up to room .')
  })

  test('nested folders belong to their first folder', () => {
    expect(judge('hocket', 'src/loop/node/host.ts', '../../errors/errors.ts')).toBeNull()
    expect(judge('hocket', 'src/loop/node/host.ts', '../../task/task.ts')).toContain('room task')
  })

  test('only named files take types from above, and nothing but types', () => {
    expect(judge('hocket', 'src/loop/event-loop.ts', '../task/task.ts', true)).toBeNull()
    expect(judge('hocket', 'src/loop/event-loop.ts', '../task/task.ts')).toContain('room task')
    expect(judge('hocket', 'src/loop/handle.ts', '../task/task.ts', true)).toContain('room task')
  })

  test('a folder that is no room is refused from both sides', () => {
    expect(judge('hocket', 'src/utils/x.ts', '../loop/handle.ts')).toContain('src/utils/x.ts')
    expect(judge('hocket', 'src/loop/x.ts', '../utils/x.ts')).toContain('src/utils/x.ts')
  })

  test('the platform counts as a room', () => {
    expect(judge('hocket', 'src/task/task.ts', '#platform')).toBeNull()
    expect(judge('hocket', 'src/errors/errors.ts', '#platform')).toContain('up to room loop')
  })

  test('sources do not import tests, nor themselves by name', () => {
    expect(judge('hocket', 'src/task/task.ts', '../../test/help.ts')).toContain('leaves src')
    expect(judge('hocket', 'src/task/task.ts', 'hocket')).toContain('relative path')
  })

  test('tests import any room of their package, by path or name', () => {
    expect(judge('hocket', 'test/errors/errors.test.ts', '../../src/task/task.ts')).toBeNull()
    expect(judge('hocket', 'test/errors/errors.test.ts', 'hocket')).toBeNull()
    expect(judge('hocket', 'test/errors/errors.test.ts', '#platform')).toBeNull()
  })
})

describe('packages', () => {
  test('a package imports the packages below it, also by a sub-path', () => {
    expect(judge('@hocket/net', 'src/index.ts', 'hocket')).toBeNull()
    expect(judge('@hocket/net', 'src/index.ts', 'hocket/lowlevel')).toBeNull()
  })

  test('any other package of ours is refused, and the message lists those allowed', () => {
    expect(judge('hocket', 'src/task/task.ts', '@hocket/net')).toBe(
      'is not below hocket, which may import of ours: none.',
    )
    expect(judge('@hocket/net', 'src/index.ts', '@hocket/pure/x')).toContain(': hocket.')
  })

  test('tests may use packages above', () => {
    expect(judge('hocket', 'test/x.test.ts', '@hocket/net')).toBeNull()
  })

  test('a relative path out of the package is refused in sources and tests', () => {
    expect(judge('@hocket/net', 'src/index.ts', '../../hocket/src/index.ts')).toContain('leaves')
    expect(judge('@hocket/net', 'test/x.test.ts', '../../hocket/src/index.ts')).toContain('leaves')
  })

  test('packages of others are not judged', () => {
    expect(judge('hocket', 'src/task/task.ts', 'undici')).toBeNull()
  })
})

describe('modules of Node', () => {
  test('only the folders named in the plan import them, with or without node:', () => {
    expect(judge('hocket', 'src/loop/node/host.ts', 'node:timers')).toBeNull()
    expect(judge('hocket', 'src/loop/clock.ts', 'node:perf_hooks')).toContain('only loop/node may')
    expect(judge('hocket', 'src/loop/clock.ts', 'fs')).toContain('only loop/node may')
    expect(judge('hocket', 'src/loop/node-like/x.ts', 'node:fs')).toContain('only loop/node may')
    expect(judge('hocket', 'src/index.ts', 'node:fs')).toContain('only loop/node may')
    expect(judge('@hocket/pure', 'src/index.ts', 'node:fs')).toContain('this package may not')
  })

  test('a package that stands on Node imports them everywhere, and so does any test', () => {
    expect(judge('@hocket/net', 'src/index.ts', 'node:net')).toBeNull()
    expect(judge('@hocket/net', 'src/tcp/server.ts', 'node:net')).toBeNull()
    expect(judge('@hocket/pure', 'test/x.test.ts', 'node:fs')).toBeNull()
  })
})

describe('importsOf', () => {
  test('finds every form, with its line', () => {
    const text = [
      `import a from './a.ts'`,
      `import type { B } from './b.ts'`,
      `import './c.ts'`,
      `export { d } from './d.ts'`,
      `export * from './e.ts'`,
      `export const f = 1`,
      `const g = await import('./g.ts')`,
      `type H = import('./h.ts').H`,
      `export type { I } from './i.ts'`,
      `import { type J } from './j.ts'`,
    ].join('\n')
    expect(importsOf('x.ts', text)).toEqual([
      { specifier: './a.ts', line: 1, types: false },
      { specifier: './b.ts', line: 2, types: true },
      { specifier: './c.ts', line: 3, types: false },
      { specifier: './d.ts', line: 4, types: false },
      { specifier: './e.ts', line: 5, types: false },
      { specifier: './g.ts', line: 7, types: false },
      { specifier: './h.ts', line: 8, types: true },
      { specifier: './i.ts', line: 9, types: true },
      { specifier: './j.ts', line: 10, types: false },
    ])
  })

  test('a file that does not parse is an error with its name', () => {
    expect(() => importsOf('x.ts', 'import {')).toThrow('x.ts')
  })
})
