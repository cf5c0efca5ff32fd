/** What the heap orders by: `_when`, and among equals the order of insertion, `_order`. */
export interface HeapEntry {
  readonly _when: number
  _order: number
}

/**
 * A binary min-heap that is FIFO among equals (Python's is not: twelve equal timers fire in a
 * scrambled order). An entry later than all the others costs one comparison to insert.
 */
export class StableHeap<T extends HeapEntry> {
  #items: T[] = []
  #inserted = 0

  get size(): number {
    return this.#items.length
  }

  peek(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    item._order = this.#inserted
    this.#inserted += 1
    this.#items.push(item)
    this.#siftUp(this.#items.length - 1, item)
  }

  pop(): T | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (items.length > 0 && last !== undefined) this.#siftDown(0, last)
    return first
  }

  /** Keeps only what `wanted` says; O(n). */
  filter(wanted: (item: T) => boolean): void {
    const items = this.#items.filter(wanted)
    this.#items = items
    for (let index = (items.length >> 1) - 1; index >= 0; index -= 1) {
      this.#siftDown(index, items[index] as T)
    }
  }

  clear(): void {
    this.#items = []
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#items[Symbol.iterator]()
  }

  #siftUp(start: number, item: T): void {
    const items = this.#items
    let index = start
    while (index > 0) {
      const up = (index - 1) >> 1
      const parent = items[up] as T
      if (parent._when < item._when || (parent._when === item._when && parent._order < item._order))
        break
      items[index] = parent
      index = up
    }
    items[index] = item
  }

  #siftDown(start: number, item: T): void {
    const items = this.#items
    const half = items.length >> 1
    let index = start
    while (index < half) {
      let child = 2 * index + 1
      let least = items[child] as T
      const right = items[child + 1]
      if (right !== undefined && isBefore(right, least)) {
        least = right
        child += 1
      }
      if (!isBefore(least, item)) break
      items[index] = least
      index = child
    }
    items[index] = item
  }
}

function isBefore(a: HeapEntry, b: HeapEntry): boolean {
  return a._when < b._when || (a._when === b._when && a._order < b._order)
}
