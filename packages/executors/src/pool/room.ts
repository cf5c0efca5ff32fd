import { Future } from '../concurrent/future.ts'
import type { CallQueue } from './call-queue.ts'

/** A bound for a queue, and those who wait until it is not reached. */
export class Room {
  readonly #queue: CallQueue
  readonly #most: number
  readonly #waiting: Future<void>[] = []

  constructor(queue: CallQueue, most: number) {
    this.#queue = queue
    this.#most = most
  }

  get isFull(): boolean {
    return this.#queue.length >= this.#most
  }

  /** Done when it is not full; in the order of the calls. */
  wait(): Future<void> {
    const future = new Future<void>()
    if (this.isFull || this.#waiting.length > 0) this.#waiting.push(future)
    else future.setResult()
    return future
  }

  /** Whoever is told submits in a microtask; so no more are told in this turn than there is room. */
  notify(): void {
    if (this.#waiting.length === 0) return
    const room = this.#most - this.#queue.length
    for (let told = 0; told < room; told++) {
      const waiting = this.#waiting.shift()
      if (waiting === undefined) return
      if (!waiting.done()) waiting.setResult()
    }
  }
}
