import { CancelledError, currentTask, InvalidStateError, type Suspension } from 'hocket'
import { promiseOf, tellingAwaiters } from './awaiters.ts'
import {
  addCallback,
  type Callback,
  type Callbacks,
  callAll,
  callSafely,
  removeCallback,
} from './callbacks.ts'
import { lateError } from './late-error.ts'
import { wrapFuture } from './wrap-future.ts'

const PENDING = 0
const RUNNING = 1
const CANCELLED = 2
const CANCELLED_AND_NOTIFIED = 3
const FULFILLED = 4
const REJECTED = 5

const names = ['pending', 'running', 'cancelled', 'cancelled', 'finished', 'finished']

/**
 * What an executor gives for a call. concurrent.futures.Future, CPython 3.13.
 *
 * It belongs to no event loop: it may be awaited in a task (in both spellings), where a cancellation of
 * the task goes on to `cancel()`, and outside any loop, like a promise. Who waits is called in the very
 * turn in which it is done. An exception that nobody looks at is not reported, as in Python.
 *
 * @example
 * ```ts
 * const future = new concurrent.Future<number>()
 * future.setRunningOrNotifyCancel() // => true
 * future.cancel() // => false
 * future.setResult(42)
 * await run(async () => await future) // => 42
 * ```
 */
export class Future<T> implements PromiseLike<T> {
  declare private _state: number
  declare private _outcome: unknown
  declare private _callbacks: Callbacks

  constructor() {
    this._state = PENDING
    this._outcome = undefined
    this._callbacks = null
  }

  /** It has a result or an exception, or is cancelled. */
  done(): boolean {
    return this._state > RUNNING
  }

  /** The call is under way: `cancel()` can't take it back any more. */
  running(): boolean {
    return this._state === RUNNING
  }

  cancelled(): boolean {
    return this._state === CANCELLED || this._state === CANCELLED_AND_NOTIFIED
  }

  /**
   * Cancels the call if it has not begun. One that runs goes on, and `cancel` gives false, unless
   * `interrupt` is set: then its worker is asked to end it, and killed after the grace period of the
   * executor. Such a future is cancelled once the call has ended.
   */
  cancel(options: { interrupt?: boolean } = {}): boolean {
    if (this._state === RUNNING) return options.interrupt === true && this._interrupt()
    if (this._state >= FULFILLED) return false
    if (this._state === PENDING) this._finish(CANCELLED, undefined)
    return true
  }

  /**
   * The result, waiting for it at most `timeout` ms. What it gives is for `await` and `yield*`; the
   * future itself is as good where no time limit is needed.
   *
   * @throws {@link TimeoutError} if it is not there in time; the call goes on
   */
  result(options: { timeout?: number | null } = {}): Future<T> {
    return this.done() ? this : this._within(options.timeout ?? null, (view) => view._copy(this))
  }

  /** The exception, null where there is none; waits like `result`. */
  exception(options: { timeout?: number | null } = {}): Future<unknown> {
    return this._within(options.timeout ?? null, (view) => view._copyException(this))
  }

  /**
   * Calls `callback(future)` when the future is done, in the turn that completes it, in the order of
   * the calls; at once if it is done. What a callback throws is reported as an uncaught exception.
   */
  addDoneCallback(callback: (future: this) => unknown): void {
    if (typeof callback !== 'function') {
      throw new TypeError(`addDoneCallback expected a function, got ${typeof callback}`)
    }
    if (this.done()) callSafely(callback as Callback, this)
    else this._callbacks = addCallback(this._callbacks, callback as Callback)
  }

  /** Takes `callback` out, once for each time it was added; gives how often that was. */
  removeDoneCallback(callback: (future: this) => unknown): number {
    const [kept, removed] = removeCallback(this._callbacks, callback as Callback)
    this._callbacks = kept
    return removed
  }

  /**
   * For executors: the call begins now, true; or it was cancelled and must not begin, false.
   *
   * @throws {@link InvalidStateError} if it has begun already, or is done
   */
  setRunningOrNotifyCancel(): boolean {
    if (this._state === PENDING) {
      this._state = RUNNING
      return true
    }
    if (this._state === CANCELLED) {
      this._state = CANCELLED_AND_NOTIFIED
      return false
    }
    throw this._unexpected('setRunningOrNotifyCancel')
  }

  /**
   * For executors: makes `value` the result.
   *
   * @throws {@link InvalidStateError} if the future is done
   */
  setResult(value: T): void {
    if (this._state > RUNNING) throw this._unexpected('setResult')
    this._finish(FULFILLED, value)
  }

  /**
   * For executors: makes `exception` what awaiting throws.
   *
   * @throws {@link InvalidStateError} if the future is done
   */
  setException(exception: unknown): void {
    if (this._state > RUNNING) throw this._unexpected('setException')
    this._finish(REJECTED, exception)
  }

  /**
   * The result, for code that has to be synchronous: blocks the thread for at most `timeout` ms.
   *
   * @throws {@link TimeoutError} if it is not there in time; the call goes on
   * @throws {@link RuntimeError} where blocking could never end, or would stop an event loop
   */
  resultSync(timeout?: number | null): T {
    if (!this.done()) this._block(timeout ?? null)
    return this._take()
  }

  /** What `await` calls. In a task the await is the task's, and cancelled with it. */
  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): PromiseLike<R1 | R2> {
    // What runs on after the end of its task is nobody's: no loop will resume it.
    if (currentTask()?.done() === false) {
      return wrapFuture(this).then(onFulfilled, tellingAwaiters(this, onFulfilled, onRejected))
    }
    return promiseOf(this).then(onFulfilled, onRejected)
  }

  /** What `yield*` calls. */
  [Symbol.iterator](): Iterator<Suspension, T, unknown> {
    return wrapFuture(this)[Symbol.iterator]()
  }

  toString(): string {
    return `<concurrent.Future ${names[this._state]}>`
  }

  /** @internal Done, and with a result: then `_take` gives it. */
  _isFulfilled(): boolean {
    return this._state === FULFILLED
  }

  /** @internal It has an exception. */
  _isRejected(): boolean {
    return this._state === REJECTED
  }

  /** @internal The result of a future that is done, or throws. */
  _take(): T {
    if (this._state === FULFILLED) return this._outcome as T
    if (this._state <= RUNNING) {
      throw new InvalidStateError(
        'the result is not there yet: await the future, or ask done() first',
      )
    }
    throw this._error()
  }

  /** @internal What awaiting this throws. */
  _error(): unknown {
    if (this._state === REJECTED) return this._outcome
    return new CancelledError(this._outcome)
  }

  /** @internal What takes a stack of who awaits the error of this; null if it needs none. */
  _wantsAwaiters(): ((stack: string) => void) | null {
    return null
  }

  /** @internal Cancels one that runs, once its call has ended. */
  _setCancelled(reason?: unknown): void {
    this._finish(CANCELLED_AND_NOTIFIED, reason)
  }

  /** @internal Back in the queue: a call that was handed to a worker and has not begun. */
  protected _setPending(): void {
    this._state = PENDING
  }

  /** Asks whoever runs the call to end it; false where nobody can. */
  protected _interrupt(): boolean {
    return false
  }

  /** Blocks until this is done. */
  protected _block(_timeout: number | null): void {
    throw new InvalidStateError(
      `resultSync: nothing that runs in another thread will complete ${this}: await it`,
    )
  }

  private _finish(state: number, outcome: unknown): void {
    this._state = state
    this._outcome = outcome
    const callbacks = this._callbacks
    this._callbacks = null
    callAll(callbacks, this)
  }

  private _within<V>(timeout: number | null, copy: (view: View<V>) => void): Future<V> {
    const view = new View<V>(this as Future<unknown>)
    const arrive = () => {
      clearTimeout(timer)
      if (!view.done()) copy(view)
    }
    let timer: NodeJS.Timeout | undefined
    if (timeout !== null && !this.done()) {
      timer = setTimeout(
        () => {
          this.removeDoneCallback(arrive)
          if (!view.done()) view.setException(lateError(timeout))
        },
        Math.max(0, timeout),
      )
    }
    this.addDoneCallback(arrive)
    return view
  }

  private _unexpected(method: string): InvalidStateError {
    return new InvalidStateError(`${method}: the future is ${names[this._state]} already`)
  }
}

/** A future for part of another one's life; cancelling it cancels that one. */
class View<V> extends Future<V> {
  readonly #source: Future<unknown>

  constructor(source: Future<unknown>) {
    super()
    this.#source = source
  }

  override cancel(options?: { interrupt?: boolean }): boolean {
    return this.#source.cancel(options)
  }

  override _wantsAwaiters(): ((stack: string) => void) | null {
    return this._isRejected() && this.#source._isRejected() ? this.#source._wantsAwaiters() : null
  }

  _copy(source: Future<unknown>): void {
    if (source._isFulfilled()) this.setResult(source._take() as V)
    else if (source.cancelled()) this._setCancelled()
    else this.setException(source._error())
  }

  _copyException(source: Future<unknown>): void {
    if (source.cancelled()) this._setCancelled()
    else this.setResult((source._isRejected() ? source._error() : null) as V)
  }
}

/** What Node's console prints. */
function show(this: Future<unknown>): string {
  return this.toString()
}

Reflect.defineProperty(Future.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: show })
