// The first chunk, and those that follow: as large as what is in the queue, between the two.
const FIRST = 16
const SMALLEST = 64
const LARGEST = 1024

/** A stretch of a {@link Deque}; the next one follows when its slots are used up. */
class Chunk<T> {
  readonly slots: (T | undefined)[]
  next: Chunk<T> | null = null

  constructor(size: number) {
    this.slots = new Array(size)
  }
}

/**
 * A queue in chunks: push and shift at O(1), and nothing is moved when it grows, which for a ring
 * buffer of thousands costs as much as all the rest. Its slots are emptied as they are read, so
 * nothing that has left is kept alive, and neither is the memory of a burst.
 */
export class Deque<T> {
  #head = new Chunk<T>(FIRST)
  #tail = this.#head
  // The slots of the two.
  #from = this.#head.slots
  #into = this.#head.slots
  // A chunk that has been used up, for the tail: a queue of steady length allocates nothing.
  #spare: Chunk<T> | null = null
  #first = 0
  #end = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  push(item: T): void {
    if (this.#end === this.#into.length) this.#extend()
    this.#into[this.#end] = item
    this.#end += 1
    this.#length += 1
  }

  /** Takes the oldest item. The caller has made sure that there is one. */
  shift(): T {
    if (this.#first === this.#from.length) this.#advance()
    const item = this.#from[this.#first] as T
    this.#from[this.#first] = undefined
    this.#first += 1
    this.#length -= 1
    // One that is emptied now and then stays in its first chunk.
    if (this.#length === 0) {
      this.#first = 0
      this.#end = 0
    }
    return item
  }

  /** Takes the item that is `index` places behind the oldest; O(index). */
  take(index: number): T {
    if (this.#first === this.#from.length) this.#advance()
    let chunk = this.#head
    let place = this.#first
    // Those in front of it move back by one place.
    let taken = chunk.slots[place] as T
    for (let passed = 0; passed < index; passed += 1) {
      place += 1
      if (place === chunk.slots.length) {
        chunk = chunk.next as Chunk<T>
        place = 0
      }
      const item = chunk.slots[place] as T
      chunk.slots[place] = taken
      taken = item
    }
    this.shift()
    return taken
  }

  /** The item that is `index` places behind the oldest; O(index). */
  at(index: number): T {
    let chunk = this.#head
    let place = this.#first + index
    while (place >= chunk.slots.length) {
      place -= chunk.slots.length
      chunk = chunk.next as Chunk<T>
    }
    return chunk.slots[place] as T
  }

  clear(): void {
    this.#head = new Chunk(FIRST)
    this.#tail = this.#head
    this.#from = this.#head.slots
    this.#into = this.#head.slots
    this.#spare = null
    this.#first = 0
    this.#end = 0
    this.#length = 0
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let place = 0; place < this.#length; place += 1) yield this.at(place)
  }

  #extend(): void {
    const size = Math.min(Math.max(this.#length, SMALLEST), LARGEST)
    const chunk = this.#spare ?? new Chunk<T>(size)
    this.#spare = null
    this.#tail.next = chunk
    this.#tail = chunk
    this.#into = chunk.slots
    this.#end = 0
  }

  #advance(): void {
    const used = this.#head
    const head = used.next as Chunk<T>
    used.next = null
    // A small one is no use to a queue that has outgrown it.
    if (used.slots.length >= head.slots.length) this.#spare = used
    this.#head = head
    this.#from = head.slots
    this.#first = 0
  }
}
