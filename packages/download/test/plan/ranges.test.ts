import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Pieces } from '../../src/plan/pieces.ts'
import { RangeSet } from '../../src/plan/range-set.ts'

describe('a set of ranges', () => {
  test('is what a set of positions is, whatever is added in whatever order', () => {
    const range = fc.tuple(fc.nat(40), fc.nat(12)).map(([start, length]) => [start, start + length])
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
        const set = new RangeSet()
        const positions = new Set<number>()
        for (const [start = 0, end = 0] of ranges) {
          set.add(start, end)
          for (let i = start; i < end; i++) positions.add(i)
        }
        expect(set.bytes).toBe(positions.size)
        expect(set.end).toBe(positions.size === 0 ? 0 : Math.max(...positions) + 1)
        const json = set.toJSON()
        const listed = json.flatMap(([from, to]) => count(from, to))
        expect(listed).toEqual([...positions].sort((a, b) => a - b))
        const missing = set.missing(50).flatMap(([from, to]) => count(from, to))
        expect(missing).toEqual(count(0, 50).filter((i) => !positions.has(i)))
        for (const end of [60, 33, 20, 3, 0]) {
          set.cut(end)
          expect(set.toJSON().flatMap(([from, to]) => count(from, to))).toEqual(
            [...positions].filter((i) => i < end).sort((a, b) => a - b),
          )
        }
        // Ranges that touch are one: the sidecar stays small.
        const touching = json.filter(([start], i) => i > 0 && start <= (json[i - 1]?.[1] ?? 0))
        expect(touching).toEqual([])
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('has what lies in one of its ranges', () => {
    const set = new RangeSet([
      [0, 10],
      [20, 30],
    ])
    expect(set.has(0, 10)).toBe(true)
    expect(set.has(22, 25)).toBe(true)
    expect(set.has(5, 22)).toBe(false)
    expect(set.has(40, 40)).toBe(true)
  })

  test.each([
    [-1, 2],
    [3, 2],
    [0, 1.5],
    [0, Number.NaN],
    [0, 2 ** 60],
  ])('refuses %d to %d', (start, end) => {
    expect(() => new RangeSet([[start, end]])).toThrow(RangeError)
  })
})

describe('the pieces of a file', () => {
  test('are read forward by one and backward by the others, until they meet', () => {
    const pieces = new Pieces([[0, 50]], 10)
    expect(pieces.takeAt(0)).toEqual([0, 10])
    expect(pieces.takeLast()).toEqual([40, 50])
    expect(pieces.takeAt(10)).toEqual([10, 20])
    expect(pieces.takeLast()).toEqual([30, 40])
    expect(pieces.reach(20)).toBe(30)
    expect(pieces.takeAt(20)).toEqual([20, 30])
    expect(pieces.takeAt(30)).toBe(null)
    expect(pieces.takeLast()).toBe(null)
  })

  test('that are given back are taken again', () => {
    const pieces = new Pieces(
      [
        [0, 10],
        [30, 45],
      ],
      10,
    )
    expect(pieces.left).toBe(3)
    expect(pieces.takeFirst()).toEqual([0, 10])
    pieces.giveBack(4, 10)
    expect(pieces.takeFirst()).toEqual([4, 10])
    expect(pieces.takeLast()).toEqual([40, 45])
    pieces.giveBack(43, 45)
    pieces.giveBack(45, 45)
    expect(pieces.takeLast()).toEqual([43, 45])
    expect(pieces.takeLast()).toEqual([30, 40])
    expect(pieces.left).toBe(0)
  })
})

function count(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
