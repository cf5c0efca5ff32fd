import { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION } from 'hocket'
import { Future as ConcurrentFuture } from './future.ts'
import { asCompleted, wait } from './wait.ts'

/** What stands in Python's `concurrent.futures` beside the executors. */
export const concurrent: {
  readonly Future: typeof ConcurrentFuture
  readonly wait: typeof wait
  readonly asCompleted: typeof asCompleted
  readonly FIRST_COMPLETED: typeof FIRST_COMPLETED
  readonly FIRST_EXCEPTION: typeof FIRST_EXCEPTION
  readonly ALL_COMPLETED: typeof ALL_COMPLETED
} = {
  Future: ConcurrentFuture,
  wait,
  asCompleted,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  ALL_COMPLETED,
}
