import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Linked, LinkedList } from '../../src/base/linked-list.ts'

class Item implements Linked<Item> {
  previous: Item | null = null
  next: Item | null = null
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

const idsOf = (list: LinkedList<Item>) => [...list].map((item) => item.id)

describe('LinkedList', () => {
  test('does what an array does, whatever is removed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 100 }), (choices) => {
        const list = new LinkedList<Item>()
        const model: Item[] = []
        const gone: Item[] = []
        for (const [id, choice] of choices.entries()) {
          if (choice % 3 === 0 && model.length > 0) {
            const [item] = model.splice(choice % model.length, 1) as [Item]
            list.remove(item)
            gone.push(item)
          } else {
            const item = new Item(id)
            list.push(item)
            model.push(item)
          }
        }
        expect(gone.flatMap((item) => [item.previous, item.next])).toEqual(
          gone.flatMap(() => [null, null]),
        )
        expect([list.first, list.last]).toEqual([model[0] ?? null, model.at(-1) ?? null])
        expect(idsOf(list)).toEqual(model.map((item) => item.id))
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('a member may leave while the list is read', () => {
    const list = new LinkedList<Item>()
    for (const id of [1, 2, 3]) list.push(new Item(id))
    const seen: number[] = []
    for (const item of list) {
      seen.push(item.id)
      list.remove(item)
    }
    expect(seen).toEqual([1, 2, 3])
    expect([list.first, list.last]).toEqual([null, null])
  })

  test('a member that left may come back, at the end', () => {
    const list = new LinkedList<Item>()
    const [one, two] = [new Item(1), new Item(2)]
    list.push(one)
    list.push(two)
    list.remove(one)
    list.push(one)
    expect(idsOf(list)).toEqual([2, 1])
  })
})
