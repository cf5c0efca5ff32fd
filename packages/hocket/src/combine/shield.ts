import type { CancelledError } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { setStrand } from '../loop/running.ts'
import { futuresOf, type GatherSource, type ResultOf } from './sources.ts'

/** Is done when `inner` is; a cancellation of it stays here. It is its own watch on `inner`. */
class ShieldFuture<T> extends Future<T> implements Runnable {
  declare private readonly _inner: Future<T>

  constructor(inner: Future<T>) {
    super(inner._loop._asOption)
    this._inner = inner
    inner._addWaiter(this)
    this._addWaiter(new LetGo(this as Future<unknown> & Runnable, inner))
  }

  /** @internal */
  _run(): void {
    setStrand(null)
    const inner = this._inner
    if (this.done()) {
      // Cancelled in this very iteration: as in asyncio, what has come counts as looked at.
      if (!inner._isFulfilled() && !inner.cancelled()) inner._takeError()
    } else if (inner._isFulfilled()) this._resolve(inner.result())
    else if (inner.cancelled()) {
      const error = inner._takeError() as CancelledError
      this._setCancelled(new Cancellation(error.reason, error))
    } else this._reject(inner._takeError())
  }

  override _describeSubject(): string {
    return `the shield() of ${this._inner._describeSubject()}`
  }
}

/** Once the shield is done, an error of what it shielded is nobody's: it must be reported as lost. */
class LetGo implements Runnable {
  declare private readonly _shield: Future<unknown> & Runnable
  declare private readonly _inner: Future<unknown>

  constructor(shield: Future<unknown> & Runnable, inner: Future<unknown>) {
    this._shield = shield
    this._inner = inner
  }

  get _loop(): EventLoop {
    return this._shield._loop
  }

  _run(): void {
    if (!this._inner.done()) this._inner._removeWaiter(this._shield)
  }

  toString(): string {
    return `<a shield() lets go of ${this._inner}>`
  }
}

/**
 * Waits for `source` and keeps a cancellation of the caller from it: the caller gets its
 * CancelledError, and what is inside runs on, held by the loop. Whoever cancels the inner task
 * itself cancels the shield too. The end of `run()` cancels it as everything else.
 *
 * An error of the inner that comes after the caller was cancelled is reported as never retrieved.
 * A Future that is done is given back as it is. asyncio.shield, CPython 3.13.
 *
 * @throws {@link TypeError} if `source` is a promise or nothing that can be awaited
 *
 * @example
 * ```ts
 * await run(async () => {
 *   const inner = createTask(sleep(10, 'saved'))
 *   const caller = createTask(async () => await shield(inner))
 *   await sleep(0)
 *   caller.cancel()
 *   return await inner
 * }) // => 'saved'
 * ```
 */
export function shield<S extends GatherSource<unknown>>(source: S): Future<ResultOf<S>> {
  const [inner] = futuresOf([source], 'shield') as [Future<ResultOf<S>>]
  return inner.done() ? inner : new ShieldFuture(inner)
}
