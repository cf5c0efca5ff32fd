import { describe, expect, test } from 'vitest'
import { BegunCalls } from '../../src/worker/begun-calls.ts'

function record(callsAtOnce = 1): { begun: BegunCalls; notes: number[] } {
  const notes: number[] = []
  return { begun: new BegunCalls(callsAtOnce, (count) => notes.push(count)), notes }
}

describe('a call that begins', () => {
  test('is not noted while all before it are answered', () => {
    const { begun, notes } = record()
    for (let call = 0; call < 10; call++) begun.next(0, 0.001, 5)
    expect(notes).toEqual([])
  })

  test('is noted before it begins where answers are held back', () => {
    const { begun, notes } = record()
    begun.next(0, -1, 5)
    begun.next(1, -1, 4)
    begun.next(2, 10, 3)
    expect(notes).toEqual([2, 3])
  })

  test('is noted with those behind it, if they are short', () => {
    const { begun, notes } = record()
    for (let call = 0; call < 100; call++) begun.next(call, 0.001, 99 - call)
    // The first is the oldest; then 33 at once, as many as come, and no more than there are.
    expect(notes).toEqual([34, 67, 100])
    const longer = record()
    longer.begun.next(1, 0.04, 99)
    expect(longer.notes).toEqual([6])
  })

  test('is not noted if as many may run at once', () => {
    const { begun, notes } = record(3)
    begun.next(0, 0.001, 9)
    begun.next(2, 0.001, 9)
    begun.next(3, -1, 9)
    expect(notes).toEqual([3])
  })

  test('is always noted where nobody knows whether answers have been sent', () => {
    const { begun, notes } = record(1)
    begun.next(Infinity, -1, 0)
    expect(notes).toEqual([1])
  })
})

test('at the end what was noted ahead is put right', () => {
  const { begun, notes } = record()
  begun.next(1, 0.001, 9)
  begun.next(2, 0.001, 8)
  begun.settle()
  expect(notes).toEqual([10, 2])
  begun.settle()
  expect(notes).toEqual([10, 2])
})
