import { Future } from '../concurrent/future.ts'
import { addAwaiters } from '../wire/error-stack.ts'
import type { KnownFunction } from './known-function.ts'

const NOTHING: readonly object[] = []

/** What a call is submitted with, beside its function. */
export interface CallOptions {
  /** It may be run again if its worker dies: running it twice does no harm. */
  readonly idempotent: boolean
  /** Cancelling its future interrupts it, also when it runs. */
  readonly interrupt: boolean
}

/** Who has the call: the pool that it is queued in, and from then on the worker that it was given to. */
export interface CallOwner {
  /** It was cancelled in the queue. */
  _dropped(): void
  /** Takes it back, if it has not begun; true then. */
  _revoke(call: Call<unknown>): boolean
  /** Asks the worker to end it, and sees to it that it ends. */
  _interrupt(call: Call<unknown>): boolean
  /** It has begun, as far as anybody knows. */
  _hasBegun(call: Call<unknown>): boolean
  /** Blocks until the call is done, or for `timeout` ms. */
  _block(call: Call<unknown>, timeout: number | null): void
}

/**
 * The future of a call that was submitted to an executor: a `concurrent.Future` that can tell how far
 * the call is.
 */
export class Call<T> extends Future<T> {
  /** @internal */ declare readonly _fn: KnownFunction
  /** @internal */ declare _args: unknown[]
  /** @internal */ declare readonly _kind: number
  /** @internal */ declare readonly _options: CallOptions
  /** @internal */ declare _owner: CallOwner
  /** @internal Its place in the worker; -1 while it is queued. */ declare _slot: number
  /** @internal It was given to the worker as the `_number`th. */ declare _number: number
  /** @internal What it was counted as in the worker's load, in ms. */ declare _load: number
  /** @internal What is handed over with its arguments. */
  declare _transferList: readonly object[]
  /** @internal Where it was submitted, if that was noted. */ declare _trace: {
    stack?: string
  } | null
  declare private _progress: ((value: never) => unknown)[] | null

  /** @internal */
  constructor(
    owner: CallOwner,
    fn: KnownFunction,
    args: unknown[],
    kind: number,
    options: CallOptions,
  ) {
    super()
    this._owner = owner
    this._fn = fn
    this._args = args
    this._kind = kind
    this._options = options
    this._slot = -1
    this._number = 0
    this._load = 0
    this._transferList = NOTHING
    this._trace = null
    this._progress = null
  }

  override running(): boolean {
    return super.running() && this._owner._hasBegun(this as Call<unknown>)
  }

  override cancel(options: { interrupt?: boolean } = {}): boolean {
    if (this.done()) return this.cancelled()
    if (this._slot < 0) {
      super.cancel()
      this._owner._dropped()
      return true
    }
    if (this._owner._revoke(this as Call<unknown>)) {
      this._setCancelled()
      return true
    }
    return super.cancel({ interrupt: options.interrupt ?? this._options.interrupt })
  }

  /** Calls `callback(value)` with each value that the call gives to `progress(value)`. */
  addProgressCallback(callback: (value: never) => unknown): void {
    if (typeof callback !== 'function') {
      throw new TypeError(`addProgressCallback expected a function, got ${typeof callback}`)
    }
    this._progress ??= []
    this._progress.push(callback)
  }

  /** @internal Its worker has died, or can't be had. */
  _break(error: Error): void {
    // The error is made here, and says nothing yet of who has made the call.
    this._trace = null
    this.setException(error)
  }

  /** @internal An error that does not tell where the call was made tells who awaits it. */
  override _wantsAwaiters(): ((stack: string) => void) | null {
    const error = this._isRejected() ? this._error() : null
    if (this._trace !== null || !(error instanceof Error)) return null
    // Once is enough, whoever else awaits it.
    this._trace = {}
    return (stack) => addAwaiters(error, stack)
  }

  /** @internal */
  _tell(value: unknown): void {
    for (const callback of this._progress ?? []) {
      try {
        callback(value as never)
      } catch (error) {
        process.nextTick(() => {
          throw error
        })
      }
    }
  }

  /** @internal It waits in the queue again. */
  _requeue(owner: CallOwner): void {
    this._owner = owner
    this._slot = -1
    this._setPending()
  }

  protected override _interrupt(): boolean {
    return this._owner._interrupt(this as Call<unknown>)
  }

  protected override _block(timeout: number | null): void {
    this._owner._block(this as Call<unknown>, timeout)
  }
}
