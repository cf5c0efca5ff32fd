import { describe, isThenable } from '../loop/checks.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { Cancellation } from './cancellation.ts'
import { Future } from './future.ts'

/**
 * The outcome of a foreign promise. Cancelling it walks away from the promise at once; an error that
 * comes afterwards goes to the loop's exception handler.
 */
export class PromiseFuture<T> extends Future<T> {
  #isOpen = false

  /** Settles as `promise` does. Apart from the constructor, because a thenable may settle at once. */
  follow(promise: PromiseLike<T>): this {
    if (!isThenable(promise)) throw new TypeError(`expected a promise, got ${describe(promise)}`)
    this.#isOpen = true
    this._loop._foreign += 1
    try {
      promise.then(
        (value) => this.#arrive(() => this._arriveValue(value)),
        (error) => this.#arrive(() => this._arriveError(error)),
      )
    } catch (error) {
      this.#close()
      throw error
    }
    return this
  }

  override cancel(reason?: unknown): boolean {
    const isCancelled = super.cancel(reason)
    // What nobody waits for must not hold a virtual clock.
    if (isCancelled) this.#close()
    return isCancelled
  }

  /** @internal */
  override _describeSubject(): string {
    return 'a foreign promise'
  }

  protected _arriveValue(value: T): void {
    if (!this.done()) this._resolve(value)
  }

  protected _arriveError(exception: unknown): void {
    if (!this.done()) this._reject(exception)
    else if (!isAbortError(exception)) {
      this._loop.callExceptionHandler({
        message: 'a promise failed after the task that waited for it had been cancelled',
        exception,
        future: this,
      })
    }
  }

  #arrive(settle: () => void): void {
    // A closed loop resumes nobody; asyncio drops such results as well.
    if (!this._loop.isClosed()) settle()
    this.#close()
  }

  #close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this._loop._endForeign()
  }
}

/** The future of `abortable`: a cancellation aborts, and arrives when the promise has settled. */
export class AbortableFuture<T> extends PromiseFuture<T> {
  readonly #controller = new AbortController()
  #cancellation: Cancellation | null = null

  start(start: (signal: AbortSignal) => PromiseLike<T>): this {
    return this.follow(start(this.#controller.signal))
  }

  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    if (this.#cancellation === null) {
      this.#cancellation = Cancellation.of(reason, this._loop)
      this.#controller.abort(this.#cancellation.takeError(this._loop))
    }
    return true
  }

  protected override _arriveValue(value: T): void {
    if (this.#cancellation === null) super._arriveValue(value)
    else this._setCancelled(this.#cancellation)
  }

  protected override _arriveError(error: unknown): void {
    const isAborted = error === this.#controller.signal.reason || isAbortError(error)
    if (this.#cancellation !== null && isAborted) this._setCancelled(this.#cancellation)
    else super._arriveError(error)
  }
}

function isAbortError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as Error).name === 'AbortError'
}

/** Wraps a promise that is not ours. */
export function futureOf<T>(promise: PromiseLike<T>, loop: EventLoop): Future<T> {
  return promise instanceof Future ? promise : new PromiseFuture<T>({ loop }).follow(promise)
}
