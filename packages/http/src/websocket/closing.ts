import { type EventLoop, type Future, type Suspension, TimeoutError, timeout } from 'hocket'
import type { WebSocket } from 'ws'

/** RFC 6455 7.4: the codes that may be sent, by the protocol or by a program. */
export function checkClose(code: number, reason: string): void {
  const isSent = code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006
  if (!Number.isInteger(code) || !(isSent || (code >= 3000 && code <= 4999))) {
    throw new RangeError(`expected a close code of RFC 6455, or 3000 to 4999, got ${code}`)
  }
  const bytes = Buffer.byteLength(reason)
  if (bytes > 123) throw new RangeError(`expected a reason of at most 123 bytes, got ${bytes}`)
}

/** The end of a connection, for those who wait for it. */
export class Ending {
  readonly #loop: EventLoop
  #waiters: Future<void>[] = []
  #hasCome = false

  constructor(loop: EventLoop) {
    this.#loop = loop
  }

  come(): void {
    this.#hasCome = true
    const waiters = this.#waiters
    this.#waiters = []
    if (this.#loop.isClosed()) return
    for (const waiter of waiters) if (!waiter.done()) waiter.setResult()
  }

  /**
   * Waits for it, for `limit` ms at most; then, and if it is cancelled, the connection is cut.
   * Gives the TimeoutError, or null.
   */
  *wait(socket: WebSocket, limit: number | null): Generator<Suspension, Error | null, unknown> {
    if (this.#hasCome) return null
    try {
      yield* timeout(limit, () => this.#come())
      return null
    } catch (error) {
      socket.terminate()
      if (error instanceof TimeoutError) return error
      throw error
    }
  }

  *#come(): Generator<Suspension, void, unknown> {
    while (!this.#hasCome) {
      const waiter = this.#loop.createFuture<void>()
      this.#waiters.push(waiter)
      yield* waiter
    }
  }
}
