/** `a` comes before `b`. */
export type Less<T> = (a: T, b: T) => boolean

/**
 * A binary heap with the rules of CPython's heapq, so that equals come out in the same order as
 * there (which is not the order of insertion). Nothing is moved before all comparisons are done: one
 * that throws leaves the heap as it was.
 */
export class Heap<T> {
  readonly #items: T[] = []
  readonly #less: Less<T>

  constructor(less: Less<T>) {
    this.#less = less
  }

  get length(): number {
    return this.#items.length
  }

  push(item: T): void {
    const last = this.#items.length
    this.#insert(item, this.#climb(item, last), last)
  }

  /** Takes the least item. The caller has made sure that there is one. */
  shift(): T {
    const items = this.#items
    const item = items[items.length - 1] as T
    const end = items.length - 1
    const least = items[0] as T
    if (end > 0) {
      // As if the last item stood in the first place: the smaller children move up as far as a leaf,
      // and from there the item climbs to its place.
      let leaf = 0
      for (let child = 1; child < end; child = 2 * leaf + 1) {
        const right = child + 1
        const isRight = right < end && !this.#less(items[child] as T, items[right] as T)
        leaf = isRight ? right : child
      }
      let place = leaf
      while (place > 0 && this.#less(item, items[place] as T)) place = (place - 1) >> 1
      this.#moveUp(item, place)
    }
    items.pop()
    return least
  }

  #climb(item: T, from: number): number {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!this.#less(item, this.#items[parent] as T)) break
      place = parent
    }
    return place
  }

  /** Puts `item` at `place`; what lies between there and `end` moves down. */
  #insert(item: T, place: number, end: number): void {
    const items = this.#items
    let hole = end
    while (hole > place) {
      const parent = (hole - 1) >> 1
      items[hole] = items[parent] as T
      hole = parent
    }
    items[hole] = item
  }

  /** Puts `item` at `place`; what lies there and above moves up, and the first is gone. */
  #moveUp(item: T, place: number): void {
    const items = this.#items
    let carried = item
    for (let at = place; at > 0; at = (at - 1) >> 1) {
      const next = items[at] as T
      items[at] = carried
      carried = next
    }
    items[0] = carried
  }
}
