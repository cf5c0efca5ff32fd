import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StableHeap } from '../../src/base/stable-heap.ts'

interface Entry {
  readonly _when: number
  _order: number
  readonly id: number
}

const entry = (when: number, id: number): Entry => ({ _when: when, _order: -1, id })

function drain(heap: StableHeap<Entry>): Entry[] {
  const entries: Entry[] = []
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) entries.push(next)
  return entries
}

// Few different times, so that most entries have equals; the two infinities are times, too.
const times = fc.array(fc.constantFrom(0, 1, 2, 3, -1, Infinity, -Infinity), { maxLength: 200 })

/** A stable sort by time: what the heap must give. */
const sorted = (entries: Entry[]) =>
  [...entries].sort((a, b) => (a._when === b._when ? a.id - b.id : a._when - b._when))

describe('StableHeap', () => {
  test('gives the earliest first, and equals in the order in which they came', () => {
    fc.assert(
      fc.property(times, (whens) => {
        const entries = whens.map(entry)
        const heap = new StableHeap<Entry>()
        for (const each of entries) heap.push(each)
        expect(drain(heap).map((each) => each.id)).toEqual(sorted(entries).map((each) => each.id))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('stays in order when pushes and pops mix', () => {
    const step = fc.option(fc.constantFrom(0, 1, 2), { nil: null })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new StableHeap<Entry>()
        let model: Entry[] = []
        const popped: unknown[] = []
        const expected: unknown[] = []
        for (const [id, when] of steps.entries()) {
          if (when === null) {
            model = sorted(model)
            popped.push(heap.peek()?.id, heap.pop()?.id, heap.size)
            expected.push(model[0]?.id, model.shift()?.id, model.length)
          } else {
            const made = entry(when, id)
            heap.push(made)
            model.push(made)
          }
        }
        expect(popped).toEqual(expected)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  test('filter() keeps the order of what is left', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 5 }), (whens, step) => {
        const entries = whens.map(entry)
        const heap = new StableHeap<Entry>()
        for (const each of entries) heap.push(each)
        const wanted = (each: Entry) => each.id % step === 0
        heap.filter(wanted)
        const left = sorted(entries.filter(wanted)).map((each) => each.id)
        expect(heap.size).toBe(left.length)
        expect(drain(heap).map((each) => each.id)).toEqual(left)
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  test('an empty heap has nothing to look at', () => {
    const heap = new StableHeap<Entry>()
    expect([heap.peek(), heap.pop(), heap.size]).toEqual([undefined, undefined, 0])
  })

  test('clear() drops all, and iteration visits all', () => {
    const heap = new StableHeap<Entry>()
    for (const id of [2, 1, 3]) heap.push(entry(id, id))
    expect(new Set([...heap].map((each) => each.id))).toEqual(new Set([1, 2, 3]))
    heap.clear()
    expect([...heap]).toEqual([])
  })
})
