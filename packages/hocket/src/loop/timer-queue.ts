import { StableHeap } from '../base/stable-heap.ts'
import type { Runnable } from './handle.ts'

/** A member of the timer queue; when its time comes it goes to the ready queue. */
export interface Timer extends Runnable {
  readonly _when: number
  /** Its place among equals; negative while it is not in the queue. */
  _order: number
  _isCancelled(): boolean
}

// asyncio's number: below this size the dead ones are not worth a sweep.
const SWEEP_FROM = 100

/**
 * Deadlines in order, FIFO among equals. A cancelled timer stays until it comes to the top or
 * until more than half are dead, as in asyncio: cancelling is O(1).
 */
export class TimerQueue {
  readonly #heap = new StableHeap<Timer>()
  #cancelled = 0

  /** How many timers will still fire. */
  get size(): number {
    return this.#heap.size - this.#cancelled
  }

  push(timer: Timer): void {
    this.#heap.push(timer)
  }

  /** Must be told of every timer that is cancelled, once. */
  noteCancelled(timer: Timer): void {
    if (timer._order < 0) return
    this.#cancelled += 1
    if (this.#heap.size > SWEEP_FROM && this.#cancelled * 2 > this.#heap.size) {
      this.#heap.filter((kept) => !kept._isCancelled())
      this.#cancelled = 0
    }
  }

  /** The earliest deadline, Infinity without any. */
  next(): number {
    for (;;) {
      const timer = this.#heap.peek()
      if (timer === undefined) return Infinity
      if (!timer._isCancelled()) return timer._when
      this.#heap.pop()
      this.#cancelled -= 1
    }
  }

  /** Takes the earliest timer if its time has come. */
  takeDue(now: number): Timer | undefined {
    if (this.next() > now) return undefined
    const timer = this.#heap.pop()
    if (timer !== undefined) timer._order = -1
    return timer
  }

  clear(): void {
    this.#heap.clear()
    this.#cancelled = 0
  }
}
