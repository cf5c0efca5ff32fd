import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare } from '../src/compare.ts'
import { judge } from '../src/judge.ts'
import { pairOf } from '../src/pairs.ts'
import { findPython } from '../src/python.ts'
import { show } from '../src/show.ts'
import type { Trace } from '../src/trace.ts'

const trace: Trace = {
  lines: [
    [0, 1, 'a'],
    [10, 3, 'b'],
  ],
  outcome: 'result: none',
}

describe('compare', () => {
  it('finds nothing between equal traces', () => {
    expect(compare(trace, structuredClone(trace))).toEqual([])
  })

  it.each<[string, Partial<Trace>]>([
    [
      'time',
      {
        lines: [
          [0, 1, 'a'],
          [11, 3, 'b'],
        ],
      },
    ],
    [
      'iteration',
      {
        lines: [
          [0, 1, 'a'],
          [10, 4, 'b'],
        ],
      },
    ],
    [
      'text',
      {
        lines: [
          [0, 1, 'a'],
          [10, 3, 'c'],
        ],
      },
    ],
    ['a line less', { lines: [[0, 1, 'a']] }],
    ['a line more', { lines: [...trace.lines, [10, 3, 'c']] }],
    ['outcome', { outcome: 'cancelled' }],
  ])('finds a difference in %s', (_what, change) => {
    expect(compare(trace, { ...trace, ...change })).not.toEqual([])
  })

  it('leaves iterations out where none was recorded', () => {
    const recorded: Trace = {
      ...trace,
      lines: [
        [0, null, 'a'],
        [10, null, 'b'],
      ],
    }
    expect(compare(recorded, trace)).toEqual([])
  })

  it('shows where the traces part, with what came before', () => {
    expect(compare(trace, { lines: [[0, 1, 'a']], outcome: 'deadlock' })).toEqual([
      '         0 ms, iteration 1: a',
      'CPython  10 ms, iteration 3: b',
      'CPython  ends: result: none',
      'Hocket   ends: deadlock',
    ])
  })
})

describe('judge', () => {
  const pair = pairOf('run/result')
  const other = { ...pair, trace: pairOf('run/error').trace }

  it.each([
    ['a pair that is the same', pair, undefined, 'passed'],
    ['a pair that differs', other, undefined, 'failed'],
    ['a marked pair that differs', other, 'later', 'later'],
    ['a marked pair that is the same', pair, 'later', 'late'],
  ])('%s', async (_what, candidate, mark, verdict) => {
    expect((await judge(candidate, 'async', mark)).verdict).toBe(verdict)
  })
})

describe('show', () => {
  it.each<[unknown, string]>([
    [undefined, 'none'],
    [null, 'none'],
    [true, 'true'],
    [0.1 + 0.2, '0.3'],
    [-0, '0'],
    ['text', 'text'],
    [['text', 1, null], '["text", 1, none]'],
    [{ a: [true] }, '{a: [true]}'],
    [new RangeError('x'), 'ValueError'],
    [new Error('x'), 'Exception'],
    [new (class Boom extends Error {})('x'), 'Boom'],
  ])('%j is %s', (value, text) => {
    expect(show(value)).toBe(text)
  })

  it('refuses what has no common form', () => {
    expect(() => show(new Map())).toThrow(TypeError)
  })
})

describe('findPython', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hocket-python-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function python(says: string): string {
    const path = join(folder, `python-${says.replaceAll(/\W/g, '-')}`)
    writeFileSync(path, `#!/bin/sh\necho ${says}\n`, { mode: 0o755 })
    return path
  }

  it('takes the first CPython 3.13', () => {
    const right = python('CPython 3.13.1')
    expect(findPython([python('CPython 3.12.1'), right])).toBe(right)
  })

  it('refuses every other version and says which it found', () => {
    const [old, other] = [python('CPython 3.12.1'), python('PyPy 3.13.0')]
    expect(() => findPython([old, other])).toThrow(
      `found ${old} is CPython 3.12.1, ${other} is PyPy 3.13.0`,
    )
  })

  it('says when there is none', () => {
    expect(() => findPython([join(folder, 'missing')])).toThrow('found no Python')
  })
})
