import type { NewsWaiter } from '../base/unbound.ts'

/** A queue of waiters that can be left at any place. */
export class WaiterQueue {
  readonly #waiters = new Set<NewsWaiter>()

  get size(): number {
    return this.#waiters.size
  }

  push(waiter: NewsWaiter): void {
    this.#waiters.add(waiter)
  }

  leave(waiter: NewsWaiter): void {
    this.#waiters.delete(waiter)
  }

  /** Hands over to the first who still waits; false if there is nobody. */
  wakeNext(): boolean {
    for (const waiter of this.#waiters) {
      this.#waiters.delete(waiter)
      if (waiter.done() || waiter.getLoop().isClosed()) continue
      waiter.setResult(undefined)
      return true
    }
    return false
  }
}

/**
 * So many units and a queue, first come, first served. A unit that is released belongs at once to the
 * first who waits. A limit of 0 is none.
 */
export class Slots {
  declare readonly limit: number
  declare active: number
  declare readonly queue: WaiterQueue

  constructor(limit: number) {
    this.limit = limit
    this.active = 0
    this.queue = new WaiterQueue()
  }

  /** Takes a unit if there is one. */
  take(): boolean {
    if (this.limit > 0 && this.active >= this.limit) return false
    this.active += 1
    return true
  }

  /** Gives back a unit. */
  release(): void {
    if (!this.queue.wakeNext()) this.active -= 1
  }
}
