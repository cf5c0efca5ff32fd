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

/** The result object of an iterator that has ended. */
export const finished = <T>(value: T): IteratorReturnResult<T> => ({ done: true, value })

// A generator keeps the result object on which it has suspended: thousands that wait would hold 40 bytes
// more each. So there is one for all; whoever gets it reads it at once.
const nobody = null as never
const waiting: { done: false; value: Suspension } = { done: false, value: nobody }

/** The result object of an iterator that waits, on its way through the `yield*`s to the driver. */
export function suspended(value: Suspension): IteratorYieldResult<Suspension> {
  waiting.value = value
  return waiting
}

/** The result object of a call that goes over to the driver, as `frame`. */
export function handedOver(frame: object): IteratorYieldResult<Suspension> {
  return { done: false, value: frame as Suspension }
}

/** What `result` says to wait for, if it was made by `suspended`; it is not held here any longer. */
export function takeSuspension(result: unknown): Suspension | null {
  if (result !== waiting) return null
  const { value } = waiting
  waiting.value = nobody
  return value
}
