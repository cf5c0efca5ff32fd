import { PriorityQueue } from 'hocket'
import { describe, expect, test } from 'vitest'

const drain = <T>(queue: PriorityQueue<T>): T[] => {
  const items: T[] = []
  while (!queue.empty()) items.push(queue.getNowait())
  return items
}
const sorted = <T>(items: readonly T[]): T[] => {
  const queue = new PriorityQueue<T>()
  for (const item of items) queue.putNowait(item)
  return drain(queue)
}

test('equal items come out as from CPython 3.13', () => {
  // A digit puts an item of that priority, '-' gets one. The numbers count the items.
  const ops =
    '2-3-0-00-0030--03111211013-31--22-03230-2230-02---3-301-1332--------------------------'
  const fromPython = [
    0, 1, 2, 3, 4, 6, 8, 17, 5, 9, 24, 28, 32, 33, 12, 21, 37, 18, 11, 16, 38, 39, 15, 13, 22, 23,
    14, 42, 34, 30, 29, 26, 20, 41, 7, 27, 10, 36, 31, 19, 25, 35, 40,
  ]
  const queue = new PriorityQueue<{ priority: number; count: number }>(0, {
    compare: (a, b) => a.priority - b.priority,
  })
  const got: number[] = []
  let count = 0
  for (const op of ops) {
    if (op === '-') got.push(queue.getNowait().count)
    else {
      queue.putNowait({ priority: Number(op), count })
      count += 1
    }
  }
  expect(got).toEqual(fromPython)
})

describe('the order is that of <', () => {
  test.each([
    ['numbers', [3, -1, 2.5, 0, -Infinity], [-Infinity, -1, 0, 2.5, 3]],
    ['strings', ['b', 'a', 'ab', '', 'B'], ['', 'B', 'a', 'ab', 'b']],
    ['bigints and numbers', [3n, 1, 2n, 0.5], [0.5, 1, 2n, 3n]],
    ['booleans and numbers', [2, true, false, -1], [-1, false, true, 2]],
    [
      'arrays',
      [[2, 'a'], [1, 'b'], [1, 'a', 'x'], [1, 'a'], []],
      [[], [1, 'a'], [1, 'a', 'x'], [1, 'b'], [2, 'a']],
    ],
    [
      'arrays of arrays',
      [
        [[1, 2], 1],
        [[1], 2],
        [[1, 2], 0],
      ],
      [
        [[1], 2],
        [[1, 2], 0],
        [[1, 2], 1],
      ],
    ],
  ])('%s', (_what, items: unknown[], expected) => {
    expect(sorted(items)).toEqual(expected)
  })

  test('what comes behind a difference is not compared', () => {
    const [a, b] = [{ job: 'a' }, { job: 'b' }]
    const items = [
      [2, 0, a],
      [1, 1, b],
      [1, 0, a],
    ]
    expect(sorted(items)).toEqual([items[2], items[1], items[0]])
    // The same thing is equal to itself, so the next place decides.
    expect(
      sorted([
        [a, 2],
        [a, 1],
      ]),
    ).toEqual([
      [a, 1],
      [a, 2],
    ])
  })
})

describe('what cannot be ordered', () => {
  test.each([
    ['objects', [1, { job: 'a' }], [1, { job: 'b' }], 'an object (Object) and an object (Object)'],
    ['a number and a string', 1, 'a', 'a string and a number'],
    ['undefined', 1, undefined, 'undefined and a number'],
    ['null', null, null, 'null and null'],
    ['a number and an array', 1, [1], 'an array and a number'],
  ])('%s: a TypeError, and nothing has changed', (_what, first: unknown, second, text) => {
    const queue = new PriorityQueue<unknown>()
    queue.putNowait(first)
    expect(() => queue.putNowait(second)).toThrow(TypeError)
    expect(() => queue.putNowait(second)).toThrow(
      text === 'an object (Object) and an object (Object)'
        ? 'put [priority, tie-breaker, item]'
        : `cannot order ${text}`,
    )
    expect([queue.qsize(), queue.statistics().unfinishedTasks]).toEqual([1, 1])
    expect(queue.getNowait()).toEqual(first)
  })

  test('a compare that throws leaves the queue as it was, whenever it does', () => {
    const items = [5, 3, 8, 1, 9, 2, 7]
    for (let allowed = 0; allowed < 25; allowed += 1) {
      let left = Infinity
      const queue = new PriorityQueue<number>(0, {
        compare: (a, b) => {
          left -= 1
          if (left < 0) throw new Error('why')
          return a - b
        },
      })
      for (const item of items) queue.putNowait(item)
      left = allowed
      const got: number[] = []
      try {
        while (!queue.empty()) got.push(queue.getNowait())
      } catch {}
      try {
        queue.putNowait(0)
        got.push(0)
      } catch {}
      left = Infinity
      const all = [
        ...got.filter((item) => item !== 0),
        ...drain(queue).filter((item) => item !== 0),
      ]
      expect(all).toEqual([1, 2, 3, 5, 7, 8, 9])
    }
  })
})

test('compare has to be a function', () => {
  expect(() => new PriorityQueue(0, { compare: 'x' as never })).toThrow(TypeError)
})
