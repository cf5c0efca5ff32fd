import type { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { external } from './external.ts'
import type { Transport } from './transport.ts'

/** Coroutines that wait for the same news of a transport, each by a future of its own. */
export class TransportWaits {
  readonly #loop: EventLoop
  readonly #waiters: Set<Future<void>> = new Set()

  constructor(loop: EventLoop) {
    this.#loop = loop
  }

  *wait(transport: Transport): Generator<Suspension, void, unknown> {
    const waiter = this.#loop.createFuture<void>()
    this.#waiters.add(waiter)
    try {
      yield* external(waiter, transport)
    } finally {
      this.#waiters.delete(waiter)
    }
  }

  /** All go on, or throw `error` unless it is null. Who is cancelled meanwhile need not take it. */
  wake(error: unknown): void {
    for (const waiter of this.#waiters) {
      if (waiter.done()) continue
      if (error === null) {
        waiter.setResult()
      } else {
        waiter.setException(error)
        waiter.exception()
      }
    }
  }
}
