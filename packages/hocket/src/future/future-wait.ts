import type { Future } from './future.ts'
import { failedForItself } from './future-reaction.ts'
import { type Driver, finished, Suspension, suspended } from './suspension.ts'

/** One `yield*` over a future. */
export class FutureWait<T> extends Suspension implements Iterator<Suspension, T, unknown> {
  declare private _future: Future<T>

  constructor(future: Future<T>) {
    super()
    this._future = future
  }

  next(): IteratorResult<Suspension, T> {
    const future = this._future
    if (!future.done()) return suspended(this)
    if (future._isFulfilled()) return finished(future.result())
    // Thrown here: a function that does nothing but throw is never optimized.
    throw future._takeError()
  }

  throw(error: unknown): never {
    throw error
  }

  _suspend(driver: Driver): boolean {
    const future = this._future
    if ((driver._task._task as unknown) === future) this._future = failedForItself(future)
    driver._park(this._future)
    return true
  }
}
