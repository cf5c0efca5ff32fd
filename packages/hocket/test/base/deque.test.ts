import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Deque } from '../../src/base/deque.ts'

function dequeOf<T>(...items: T[]): Deque<T> {
  const deque = new Deque<T>()
  for (const item of items) deque.push(item)
  return deque
}

describe('Deque', () => {
  test('gives items back in the order in which they came', () => {
    const deque = dequeOf('a', 'b', 'c')
    expect([deque.shift(), deque.shift(), deque.shift()]).toEqual(['a', 'b', 'c'])
    expect(deque.length).toBe(0)
  })

  test('take() gives the item at a place and keeps the order of the others', () => {
    const deque = dequeOf('a', 'b', 'c', 'd')
    expect(deque.take(2)).toBe('c')
    expect([...deque]).toEqual(['a', 'b', 'd'])
    expect(deque.take(0)).toBe('a')
    expect(deque.take(1)).toBe('d')
    expect([...deque]).toEqual(['b'])
  })

  test('take() and at() reach over the ends of chunks', () => {
    const items = Array.from({ length: 3000 }, (_, item) => item)
    const deque = dequeOf(...items)
    for (let gone = 0; gone < 16; gone += 1) deque.shift()
    expect([deque.at(0), deque.at(2000)]).toEqual([16, 2016])
    expect(deque.take(2000)).toBe(2016)
    expect([...deque]).toEqual(items.filter((item) => item > 15 && item !== 2016))
  })

  test('one that is emptied and filled again and again keeps the order', () => {
    const deque = new Deque<number>()
    const taken: number[] = []
    for (let item = 0; item < 500; item += 1) {
      deque.push(item)
      if (item % 7 === 6) while (deque.length > 0) taken.push(deque.shift())
      else if (item % 5 === 4) taken.push(deque.shift())
    }
    expect([...taken, ...deque]).toEqual(Array.from({ length: 500 }, (_, item) => item))
  })

  test('at() looks without taking', () => {
    const deque = dequeOf('a', 'b')
    expect([deque.at(0), deque.at(1), deque.length]).toEqual(['a', 'b', 2])
  })

  test('clear() empties it, and it can be used again', () => {
    const deque = dequeOf(1, 2, 3)
    deque.clear()
    expect([...deque]).toEqual([])
    deque.push(4)
    expect(deque.shift()).toBe(4)
  })

  test('a burst that has passed leaves a working deque', () => {
    const deque = new Deque<number>()
    for (let item = 0; item < 70_000; item += 1) deque.push(item)
    let inOrder = true
    for (let item = 0; item < 70_000; item += 1) inOrder &&= deque.shift() === item
    expect(inOrder).toBe(true)
    deque.push(1)
    expect([...deque]).toEqual([1])
  })

  test('does what an array does, whatever the order of the calls', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ op: fc.constant('push'), value: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('shift'), value: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('take'), value: fc.nat() }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const deque = new Deque<number>()
        const model: number[] = []
        const taken: (number | undefined)[] = []
        const expected: (number | undefined)[] = []
        for (const { op, value } of steps) {
          if (op === 'push') {
            deque.push(value)
            model.push(value)
          } else if (model.length > 0) {
            const index = op === 'shift' ? 0 : value % model.length
            taken.push(op === 'shift' ? deque.shift() : deque.take(index))
            expected.push(...model.splice(index, 1))
          }
        }
        expect(taken).toEqual(expected)
        expect([...deque]).toEqual(model)
        expect(deque.length).toBe(model.length)
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})
