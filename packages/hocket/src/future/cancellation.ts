import { type CancelledError, type Canceller, makeCancelledError } from '../errors/errors.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { currentStrand } from '../loop/running.ts'
import type { Scope } from './scope.ts'

const MOST_PASSED = 4

/** A request to cancel: why, and by whom. The error is made when somebody is there to see it. */
export class Cancellation {
  readonly reason: unknown
  readonly by: Canceller | undefined
  /** What it is for: the body of a timeout or of a group; null for the whole task. */
  scope: Scope | null = null
  #error: CancelledError | null
  #passed = 0

  /** `error` is the one that is thrown first, with its stack and cause. */
  constructor(
    reason: unknown,
    error: CancelledError | null = null,
    by: Canceller | undefined = error === null
      ? (currentStrand()?._task as Canceller | undefined)
      : error.by,
  ) {
    this.reason = reason
    this.by = by
    this.#error = error
  }

  /** The request itself when it is passed on from a task to what that waits for. */
  static of(reason: unknown, loop: EventLoop): Cancellation {
    if (reason instanceof Cancellation) return reason
    const cancellation = new Cancellation(reason)
    // Made here, its stack shows who cancelled.
    if (loop.getDebug()) cancellation.#error = cancellation.takeError(loop)
    return cancellation
  }

  /**
   * The same request once more, to somebody else: it is counted where both arrive. Passed on too often,
   * it stays one: gathers that wait for each other would multiply it without end.
   */
  again(): Cancellation {
    if (this.#passed >= MOST_PASSED) return this
    const again = new Cancellation(this.reason, null, this.by)
    again.#passed = this.#passed + 1
    return again
  }

  takeError(loop: EventLoop): CancelledError {
    const error = this.#error ?? makeCancelledError(this.reason, this.by, loop.getDebug())
    this.#error = null
    return error
  }
}
