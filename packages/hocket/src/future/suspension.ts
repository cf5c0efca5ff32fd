import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import type { Future } from './future.ts'
import type { NativeTask } from './reaction.ts'

/**
 * What a generator coroutine yields to its driver. Only a `yield*` over an awaitable makes one; the
 * brand keeps a forgotten star (`yield sleep(1)`) from compiling.
 */
export abstract class Suspension {
  declare protected readonly 'write yield* instead of yield': true

  /**
   * Parks `driver` until there is something to go on with; false when it can go on at once. What
   * this throws is thrown into the coroutine.
   */
  abstract _suspend(driver: Driver): boolean
}

/** Drives the frames of a generator coroutine: a task, or a strand of one behind an `await`. */
export interface Driver extends Runnable {
  readonly _loop: EventLoop
  readonly _task: NativeTask
  /** Waits for `future`; null for one iteration. The step is over. */
  _park(future: Future<unknown> | null): void
  /** Goes on at once, inside a step that is under way. */
  _goOn(): void
  /** Keeps `resource` until the innermost frame ends. */
  _keep(resource: unknown): void
}

/** The result objects of iterators; a `yield*` reads them at once. */
export const finished = <T>(value: T): IteratorReturnResult<T> => ({ done: true, value })
export const suspended = (value: Suspension): IteratorYieldResult<Suspension> => ({
  done: false,
  value,
})
