import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { News, waitForNews } from './news.ts'
import type { Transport } from './transport.ts'

/** Coroutines that wait for the same news of a transport, each for itself. */
export class TransportWaits {
  readonly #loop: EventLoop
  readonly #what: string
  readonly #waiters: Set<News> = new Set()

  constructor(loop: EventLoop, what: string) {
    this.#loop = loop
    this.#what = what
  }

  *wait(transport: Transport): Generator<Suspension, void, unknown> {
    const waiter = new News(this.#loop, this.#what)
    this.#waiters.add(waiter)
    try {
      yield* waitForNews(waiter, transport)
    } finally {
      this.#waiters.delete(waiter)
    }
  }

  /** All go on, or throw `error` unless it is null. */
  wake(error: unknown): void {
    for (const waiter of this.#waiters) {
      if (waiter.done()) continue
      if (error === null) waiter.setResult()
      else waiter.setException(error)
    }
  }
}
