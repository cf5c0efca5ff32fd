import { type HeapEntry, StableHeap } from '../base/stable-heap.ts'
import type { Runnable } from './handle.ts'

/** A member of the timer queue; when its time comes it goes to the ready queue. */
export interface Timer extends Runnable, TimerLink {
  readonly _when: number
  /** Its place among equals; negative while it is not in the queue. */
  _order: number
  _isCancelled(): boolean
}

/** A place in the ring of a list of timers; null outside any. */
export interface TimerLink extends HeapEntry {
  _previous: TimerLink | null
  _next: TimerLink | null
}

// asyncio's number: below this size the dead ones are not worth a sweep.
const SWEEP_FROM = 100
// Programs have few different delays. One with more keeps the others in the heap, one by one.
const MOST_LISTS = 1024

/**
 * Timers of the same delay: each is due no earlier than the one before, so no sorting is needed. A
 * ring that the list itself closes, so that a timer leaves without knowing its list.
 */
class TimerList implements TimerLink {
  _previous: TimerLink = this
  _next: TimerLink = this
  // Those of the first timer when they were last looked at: no later than they are now.
  _when = 0
  _order = -1
  isInHeap = false

  isRoomFor(timer: Timer): boolean {
    return this._previous === this || this._previous._when <= timer._when
  }

  push(timer: Timer): void {
    timer._previous = this._previous
    timer._next = this
    this._previous._next = timer
    this._previous = timer
  }

  /** Takes the times of the first timer; false if they are what they were. */
  refresh(): boolean {
    if (this._order === this._next._order) return false
    this._when = this._next._when
    this._order = this._next._order
    return true
  }
}

/**
 * Deadlines in order, FIFO among equals: a heap of lists, one for each delay, and of single timers.
 * So the timeouts of a busy server, all of the same length, cost O(1) each, as in Node's own timers.
 *
 * A cancelled timer leaves its list at once. In the heap it stays until its time comes or until more
 * than half are dead, as in asyncio.
 */
export class TimerQueue {
  readonly #heap = new StableHeap<Timer | TimerList>()
  readonly #lists = new Map<number, TimerList>()
  // The delay asked for last, and its list: most programs have one timeout.
  #lastDelay = Number.NaN
  #lastList: TimerList | null = null
  #size = 0
  #cancelled = 0
  #added = 0

  /** How many timers will fire. */
  get size(): number {
    return this.#size
  }

  /** `delay` is how long the timer was to wait; left out where that is not known. */
  push(timer: Timer, delay: number = Number.NaN): void {
    timer._order = this.#added
    timer._previous = null
    timer._next = null
    this.#added += 1
    this.#size += 1
    const list = this.#listOf(delay)
    if (list === null || !list.isRoomFor(timer)) {
      this.#heap.push(timer)
      return
    }
    list.push(timer)
    if (list.isInHeap) return
    list.isInHeap = true
    list.refresh()
    this.#heap.push(list)
  }

  /** Must be told of every timer that is cancelled, once. */
  noteCancelled(timer: Timer): void {
    if (timer._order < 0) return
    this.#size -= 1
    if (timer._next !== null) {
      unlink(timer)
      return
    }
    this.#cancelled += 1
    if (this.#heap.size > SWEEP_FROM && this.#cancelled * 2 > this.#heap.size) {
      this.#heap.filter((entry) => entry instanceof TimerList || !entry._isCancelled())
      this.#cancelled = 0
    }
  }

  /** The earliest deadline, Infinity without any. */
  next(): number {
    return this.#first()?._when ?? Infinity
  }

  /** Takes the earliest timer if its time has come. */
  takeDue(now: number): Timer | undefined {
    const entry = this.#first()
    return entry === undefined || entry._when > now ? undefined : this.#take(entry)
  }

  #take(entry: Timer | TimerList): Timer {
    this.#size -= 1
    if (entry instanceof TimerList) {
      const timer = entry._next as Timer
      unlink(timer)
      return timer
    }
    this.#heap.pop()
    entry._order = -1
    return entry
  }

  clear(): void {
    for (;;) {
      const entry = this.#first()
      if (entry === undefined) break
      this.#take(entry)
    }
    this.#heap.clear()
    this.#lists.clear()
    this.#lastDelay = Number.NaN
    this.#lastList = null
    this.#size = 0
    this.#cancelled = 0
  }

  #listOf(delay: number): TimerList | null {
    if (delay === this.#lastDelay) return this.#lastList
    const list = this.#lists.get(delay)
    if (list !== undefined) {
      this.#lastDelay = delay
      this.#lastList = list
      return list
    }
    if (!Number.isInteger(delay) || this.#lists.size >= MOST_LISTS) return null
    const made = new TimerList()
    this.#lists.set(delay, made)
    return made
  }

  /** The entry of the heap with the earliest timer that will fire. */
  #first(): Timer | TimerList | undefined {
    for (;;) {
      const entry = this.#heap.peek()
      if (entry === undefined) return undefined
      if (entry instanceof TimerList) {
        if (entry._next === entry) {
          this.#heap.pop()
          entry.isInHeap = false
        } else if (entry.refresh()) {
          this.#heap.sinkFirst()
        } else {
          return entry
        }
      } else if (entry._isCancelled()) {
        this.#heap.pop()
        entry._order = -1
        this.#cancelled -= 1
      } else {
        return entry
      }
    }
  }
}

function unlink(timer: Timer): void {
  ;(timer._previous as TimerLink)._next = timer._next
  ;(timer._next as TimerLink)._previous = timer._previous
  timer._previous = null
  timer._next = null
  timer._order = -1
}
