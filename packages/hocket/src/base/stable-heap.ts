/** What the heap orders by: `_when`, and among equals the order of insertion. */
export interface HeapEntry {
  readonly _when: number
  /** Set by the heap to the number of the insertion, unless the entry comes with one (not negative). */
  _order: number
}

const SMALLEST = 64
const CHILDREN = 4

/**
 * A min-heap that is FIFO among equals (Python's is not: twelve equal timers fire in a scrambled
 * order).
 *
 * What is compared and moved lies in typed arrays, four children next to each other: with 100,000
 * timers, following a pointer for each comparison costs ten times as much. The items themselves
 * stay in their slots.
 */
export class StableHeap<T extends HeapEntry> {
  #whens = new Float64Array(SMALLEST)
  #orders = new Float64Array(SMALLEST)
  #slots = new Uint32Array(SMALLEST)
  #items: (T | undefined)[] = []
  #free: number[] = []
  #size = 0
  #inserted = 0

  get size(): number {
    return this.#size
  }

  peek(): T | undefined {
    return this.#size === 0 ? undefined : this.#items[this.#slots[0] as number]
  }

  push(item: T): void {
    if (item._order < 0) item._order = this.#inserted
    this.#inserted += 1
    const slot = this.#free.pop() ?? this.#items.length
    this.#items[slot] = item
    this.#insert(item._when, item._order, slot)
  }

  pop(): T | undefined {
    if (this.#size === 0) return undefined
    const slot = this.#slots[0] as number
    const item = this.#items[slot]
    this.#items[slot] = undefined
    this.#free.push(slot)
    this.#size -= 1
    const last = this.#size
    if (last > 0) {
      this.#sink(
        this.#whens[last] as number,
        this.#orders[last] as number,
        this.#slots[last] as number,
      )
    } else if (this.#items.length > SMALLEST) {
      // One burst must not hold its memory for ever.
      this.clear()
    }
    return item
  }

  /** The first entry has moved to a later time: puts it in its place. */
  sinkFirst(): void {
    const slot = this.#slots[0] as number
    const item = this.#items[slot] as T
    this.#sink(item._when, item._order, slot)
  }

  /** Keeps only what `wanted` says; O(n log n). */
  filter(wanted: (item: T) => boolean): void {
    const kept = [...this].filter(wanted)
    kept.sort((a, b) => a._when - b._when || a._order - b._order)
    this.clear()
    // In order, each is inserted without a move.
    for (const item of kept) {
      const slot = this.#items.push(item) - 1
      this.#insert(item._when, item._order, slot)
    }
  }

  clear(): void {
    this.#items = []
    this.#free = []
    this.#size = 0
    if (this.#whens.length > SMALLEST) this.#resize(SMALLEST)
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (const item of this.#items) if (item !== undefined) yield item
  }

  #insert(when: number, order: number, slot: number): void {
    if (this.#size === this.#whens.length) this.#resize(this.#size * 2)
    let index = this.#size
    this.#size += 1
    while (index > 0) {
      const parent = (index - 1) >> 2
      if (this.#isBefore(parent, when, order)) break
      this.#move(parent, index)
      index = parent
    }
    this.#put(index, when, order, slot)
  }

  /** The first place is empty: lets an entry sink from there to its place. */
  #sink(when: number, order: number, slot: number): void {
    const whens = this.#whens
    const orders = this.#orders
    let index = 0
    for (;;) {
      const first = index * CHILDREN + 1
      if (first >= this.#size) break
      const end = Math.min(first + CHILDREN, this.#size)
      let least = first
      let leastWhen = whens[first] as number
      for (let child = first + 1; child < end; child += 1) {
        const childWhen = whens[child] as number
        if (childWhen > leastWhen) continue
        if (childWhen === leastWhen && (orders[child] as number) > (orders[least] as number))
          continue
        least = child
        leastWhen = childWhen
      }
      if (!this.#isBefore(least, when, order)) break
      this.#move(least, index)
      index = least
    }
    this.#put(index, when, order, slot)
  }

  #isBefore(index: number, when: number, order: number): boolean {
    const other = this.#whens[index] as number
    return other < when || (other === when && (this.#orders[index] as number) < order)
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#whens[from] as number,
      this.#orders[from] as number,
      this.#slots[from] as number,
    )
  }

  #put(index: number, when: number, order: number, slot: number): void {
    this.#whens[index] = when
    this.#orders[index] = order
    this.#slots[index] = slot
  }

  #resize(capacity: number): void {
    const whens = new Float64Array(capacity)
    const orders = new Float64Array(capacity)
    const slots = new Uint32Array(capacity)
    whens.set(this.#whens.subarray(0, this.#size))
    orders.set(this.#orders.subarray(0, this.#size))
    slots.set(this.#slots.subarray(0, this.#size))
    this.#whens = whens
    this.#orders = orders
    this.#slots = slots
  }
}
