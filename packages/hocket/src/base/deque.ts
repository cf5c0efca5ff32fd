const SMALLEST = 16

/**
 * A ring buffer that grows by doubling: push and shift at O(1) without moving what is inside.
 * Its slots are emptied as they are read, so nothing that has left is kept alive.
 */
export class Deque<T> {
  #slots: (T | undefined)[] = new Array(SMALLEST)
  #mask = SMALLEST - 1
  #head = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  push(item: T): void {
    if (this.#length > this.#mask) this.#resize((this.#mask + 1) * 2)
    this.#slots[(this.#head + this.#length) & this.#mask] = item
    this.#length += 1
  }

  /** Takes the oldest item. The caller has made sure that there is one. */
  shift(): T {
    const item = this.#slots[this.#head] as T
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & this.#mask
    this.#length -= 1
    // One burst must not hold its memory for ever.
    if (this.#length === 0 && this.#mask >= 65_536) this.#resize(SMALLEST)
    return item
  }

  /** Takes the item that is `index` places behind the oldest; O(index). */
  take(index: number): T {
    const at = (place: number) => (this.#head + place) & this.#mask
    const item = this.#slots[at(index)] as T
    for (let place = index; place > 0; place -= 1)
      this.#slots[at(place)] = this.#slots[at(place - 1)]
    this.shift()
    return item
  }

  /** The item that is `index` places behind the oldest. */
  at(index: number): T {
    return this.#slots[(this.#head + index) & this.#mask] as T
  }

  clear(): void {
    this.#slots = new Array(SMALLEST)
    this.#mask = SMALLEST - 1
    this.#head = 0
    this.#length = 0
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let place = 0; place < this.#length; place += 1) {
      yield this.#slots[(this.#head + place) & this.#mask] as T
    }
  }

  #resize(capacity: number): void {
    const slots = this.#slots
    const head = this.#head
    // V8 copies a range faster than a loop does slot by slot.
    this.#slots = head === 0 ? slots.slice() : slots.slice(head).concat(slots.slice(0, head))
    this.#slots.length = capacity
    this.#mask = capacity - 1
    this.#head = 0
  }
}
