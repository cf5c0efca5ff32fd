import type { Runnable } from '../loop/handle.ts'
import type { Future } from './future.ts'
import type { NativeTask } from './reaction.ts'
import type { Scope } from './scope.ts'

/**
 * What a generator coroutine yields to its driver. Only a `yield*` over an awaitable makes one; the
 * brand keeps a forgotten star (`yield sleep(1)`) from compiling.
 */
export abstract class Suspension {
  declare protected readonly 'write yield* instead of yield': true
  /** What the driver tells suspensions by; an `instanceof` for each step would be dearer. */
  declare readonly _kind: typeof SUSPENSION | typeof FRAME

  /**
   * Parks `driver` until there is something to go on with; false when it can go on at once. Never
   * throws: what can't be waited for is a future that has failed.
   */
  abstract _suspend(driver: Driver): boolean
}

export const SUSPENSION = 1
export const FRAME = 2
Object.defineProperty(Suspension.prototype, '_kind', { value: SUSPENSION })

/** Drives the frames of a generator coroutine: a task, or a strand of one behind an `await`. */
export interface Driver extends Runnable {
  readonly _task: NativeTask
  /** What its code belongs to: the task, or a strand of its own as soon as it has entered a scope. */
  readonly _strand: NativeTask
  _enterScope(scope: Scope): void
  /** Waits for `future`; null for one iteration. The step is over. */
  _park(future: Future<unknown> | null): void
  /** The coroutines behind an await, which the stack of the task does not show by itself. */
  _listFrames(): string[]
  /** Goes on at once, inside a step that is under way. */
  _goOn(): void
}

/**
 * What the driver passes to a frame that goes on after a suspension. A `yield*` hands it down to the
 * iterator it stands on, which knows by it that this is not its first call.
 */
export const kResumed: unique symbol = Symbol('resumed')

/** The result objects of iterators; a `yield*` reads them at once. */
export const finished = <T>(value: T): IteratorReturnResult<T> => ({ done: true, value })
export const suspended = (value: Suspension): IteratorYieldResult<Suspension> => ({
  done: false,
  value,
})
