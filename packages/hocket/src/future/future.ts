import type { Context } from '../context/context-var.ts'
import { InvalidStateError, isCancelledError } from '../errors/errors.ts'
import { checkCallback, classNameOf, showAsText } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { Handle, type Runnable } from '../loop/handle.ts'
import { Cancellation } from './cancellation.ts'
import { DistantWaiter } from './distant-waiter.ts'
import { Failure } from './failure.ts'
import { awaitFuture } from './future-reaction.ts'
import { FutureWait } from './future-wait.ts'
import type { Suspension } from './suspension.ts'
import { noticeFor, type Waiting, wake } from './waiting.ts'

const PENDING = 0
const FULFILLED = 1
const REJECTED = 2
const CANCELLED = 3

/** A done callback, remembered until the future is done. */
class DoneHandle extends Handle {
  override toString(): string {
    return `<done callback ${this._callback?.name || '<anonymous>'}>`
  }
}

/**
 * A result that is not there yet. asyncio.Future, CPython 3.13.
 *
 * `await future` and `yield* future` give the result; awaiting one that is done does not suspend.
 * Who waits is resumed through the ready queue, in the order of waiting, and never inside
 * `setResult`. Cancelling a waiting task cancels the future (wrap it by `shield` to prevent that).
 * A future may be awaited from another loop of the same thread.
 *
 * An exception that nobody looks at is reported to the loop's exception handler when the future is
 * garbage-collected, at the latest when its loop closes.
 *
 * @example
 * ```ts
 * const answer = await run(async () => {
 *   const loop = getRunningLoop()
 *   const future = loop.createFuture<number>()
 *   loop.callLater(10, () => future.setResult(42))
 *   return await future
 * })
 * answer // => 42
 * ```
 */
export class Future<T> implements PromiseLike<T> {
  /** @internal */ declare readonly _loop: EventLoop
  declare private _state: number
  // The result (for some in advance), the Failure, or the Cancellation.
  declare private _outcome: unknown
  // One waiter is the usual case, and a list for it would double the size of a future.
  declare private _waiters: Waiting | Waiting[] | null

  /** A future of `loop`, by default the running one. `loop.createFuture()` says it better. */
  constructor(options: { loop?: EventLoop } = {}) {
    this._loop = options.loop ?? getEventLoop()
    this._state = PENDING
    this._outcome = undefined
    this._waiters = null
  }

  getLoop(): EventLoop {
    return this._loop
  }

  /** It has a result or an exception, or is cancelled. */
  done(): boolean {
    return this._state !== PENDING
  }

  cancelled(): boolean {
    return this._state === CANCELLED
  }

  /**
   * The result.
   *
   * @throws {@link InvalidStateError} if it is not there yet
   * @throws {@link CancelledError} if the future is cancelled
   * @throws the exception, if it has one
   */
  result(): T {
    if (this._state === FULFILLED) return this._outcome as T
    throw this._takeError()
  }

  /**
   * The exception, null where there is none.
   *
   * @throws {@link InvalidStateError} if the future is pending
   * @throws {@link CancelledError} if it is cancelled
   */
  exception(): unknown {
    if (this._state === FULFILLED) return null
    const error = this._takeError()
    if (this._state === REJECTED) return error
    throw error
  }

  /**
   * Makes `value` the result; who waits is resumed in the next iteration.
   *
   * @throws {@link InvalidStateError} if the future is done
   */
  setResult(value: T): void {
    this._checkPending('setResult')
    this._resolve(value)
  }

  /**
   * Makes `exception` what awaiting throws.
   *
   * @throws {@link InvalidStateError} if the future is done
   */
  setException(exception: unknown): void {
    this._checkPending('setException')
    if (typeof exception === 'function') {
      throw new TypeError(
        `setException expected an error, got the class or function ${exception.name}: make an instance of it`,
      )
    }
    this._reject(exception)
  }

  /** Cancels it if it is pending; false if it is done. Who waits gets a CancelledError. */
  cancel(reason?: unknown): boolean {
    if (this._state !== PENDING) {
      // As in asyncio, who cancels a failed future does not want its exception any more.
      if (this._state === REJECTED) (this._outcome as Failure).ignore()
      return false
    }
    this._setCancelled(Cancellation.of(reason, this._loop))
    return true
  }

  /**
   * Calls `callback(future)` through the loop when the future is done, in the order of the calls,
   * in `context` (by default the current one).
   */
  addDoneCallback(callback: (future: this) => unknown, options: { context?: Context } = {}): void {
    checkCallback(callback, 'addDoneCallback')
    const { context = null } = options
    const handle = new DoneHandle(
      this._loop,
      callback as (...args: never[]) => unknown,
      [this],
      context,
    )
    this._addWaiter(handle)
  }

  /** Takes `callback` out, as often as it was added; gives how often that was. */
  removeDoneCallback(callback: (future: this) => unknown): number {
    const waiters = this._listWaiters()
    const kept = waiters.filter(
      (waiter) => !(waiter instanceof DoneHandle && waiter._callback === callback),
    )
    this._waiters = kept.length === 0 ? null : kept
    return waiters.length - kept.length
  }

  /** What `await` calls. In a task the await is the task's, and cancelled with it. */
  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): PromiseLike<R1 | R2> {
    return awaitFuture(this, onFulfilled, onRejected)
  }

  /** What `yield*` calls. */
  [Symbol.iterator](): Iterator<Suspension, T, unknown> {
    return new FutureWait(this)
  }

  toString(): string {
    return `<${classNameOf(this)} ${this._describeState()}>`
  }

  /** @internal What a report calls this. */
  _describeSubject(): string {
    return 'a Future'
  }

  /** @internal */
  _describeState(): string {
    if (this._state === PENDING) return 'pending'
    if (this._state === CANCELLED) return 'cancelled'
    if (this._state === REJECTED) return `finished exception=${(this._outcome as Failure).peek()}`
    return `finished result=${describeResult(this._outcome)}`
  }

  /** @internal Resumes `waiter` through the ready queue of its own loop once this is done. */
  _addWaiter(waiter: Waiting): void {
    if (this._state !== PENDING) waiter._loop._enqueue(noticeFor(waiter, this as Future<unknown>))
    else if (waiter._loop === this._loop) this._keepWaiter(waiter)
    else this._keepWaiter(new DistantWaiter(noticeFor(waiter, this as Future<unknown>)))
  }

  /**
   * @internal Lets go of `waiter`: a future that lives long must not collect the waiters of everybody
   * who has asked for it and gone.
   */
  _removeWaiter(waiter: Runnable): void {
    const kept: Waiting[] = []
    for (const one of this._listWaiters()) {
      if (one instanceof DistantWaiter && one.waiter === waiter) one.leave()
      else if (one !== waiter) kept.push(one)
    }
    this._waiters = kept.length === 0 ? null : kept
  }

  private _keepWaiter(waiter: Waiting): void {
    if (this._waiters === null) this._waiters = waiter
    else if (Array.isArray(this._waiters)) this._waiters.push(waiter)
    else this._waiters = [this._waiters, waiter]
  }

  /** @internal The caller knows that this is pending. */
  _resolve(value: T): void {
    this._settle(FULFILLED, value)
  }

  /** The result in advance, for a subclass whose result is known; kept where it will be. */
  protected _preset(value: T): void {
    this._outcome = value
  }

  protected _resolvePreset(): void {
    this._settle(FULFILLED, this._outcome)
  }

  /** @internal The caller knows that this is pending. */
  _reject(error: unknown): void {
    this._settle(REJECTED, new Failure(this, error))
  }

  /** @internal The caller knows that this is pending. */
  _setCancelled(cancellation: Cancellation): void {
    this._settle(CANCELLED, cancellation)
  }

  /** @internal What awaiting this throws. Looking at it counts as taking notice. */
  _takeError(): unknown {
    if (this._state === REJECTED) return (this._outcome as Failure).take()
    if (this._state === CANCELLED) return (this._outcome as Cancellation).takeError(this._loop)
    return new InvalidStateError(
      this._state === PENDING
        ? 'the result is not there yet: await the future, or ask done() first'
        : 'the future has a result and no exception',
    )
  }

  /** @internal Somebody has taken notice of its exception, if it has one. */
  _markSeen(): void {
    if (this._state === REJECTED) (this._outcome as Failure).ignore()
  }

  /** @internal What awaiting this throws is a CancelledError. */
  _isCancellation(): boolean {
    if (this._state === REJECTED) return isCancelledError((this._outcome as Failure).peek())
    return this._state === CANCELLED
  }

  /** @internal */
  _isFulfilled(): boolean {
    return this._state === FULFILLED
  }

  private _settle(state: number, outcome: unknown): void {
    // Before anything has changed: who waits here could not be told.
    if (this._waiters !== null) this._loop._checkOpen()
    this._state = state
    this._outcome = outcome
    const waiters = this._waiters
    if (waiters === null) return
    this._waiters = null
    if (!Array.isArray(waiters)) wake(waiters, this as Future<unknown>)
    else for (const waiter of waiters) wake(waiter, this as Future<unknown>)
  }

  private _listWaiters(): Waiting[] {
    if (this._waiters === null) return []
    return Array.isArray(this._waiters) ? this._waiters : [this._waiters]
  }

  private _checkPending(method: string): void {
    if (this._state === PENDING) return
    throw new InvalidStateError(`${method}: the future is done already (${this})`)
  }
}

showAsText(Future)

/** True for a Future or a Task. asyncio.isfuture. */
export function isFuture(value: unknown): value is Future<unknown> {
  return value instanceof Future
}

function describeResult(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'object' && value !== null ? classNameOf(value) : String(value)
}
