import { callInCurrent } from '../coroutine/native-call.ts'
import type { Future } from '../future/future.ts'
import { AbortableFuture, PromiseFuture } from '../future/promise-future.ts'
import { describe } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'

/**
 * Calls `start` with a signal, at once, and gives the future of its promise: the way to await
 * `fetch` and everything else that takes an AbortSignal.
 *
 * A cancellation aborts the signal and is delivered when the promise has settled, so nothing of it
 * runs on behind the task's back. A value that comes all the same is dropped; an error other than
 * the abort is delivered instead.
 *
 * @throws whatever `start` throws
 *
 * @example
 * ```ts
 * const later = (signal: AbortSignal) =>
 *   new Promise<string>((resolve, reject) => {
 *     signal.addEventListener('abort', () => reject(signal.reason))
 *   })
 * await run(async () => {
 *   const task = createTask(async () => await abortable(later))
 *   await sleep(0)
 *   task.cancel()
 *   try {
 *     await task
 *   } catch (error) {
 *     return (error as Error).name
 *   }
 * }) // => 'CancelledError'
 * ```
 */
export function abortable<T>(start: (signal: AbortSignal) => PromiseLike<T>): Future<T> {
  if (typeof start !== 'function') {
    throw new TypeError(
      `abortable expected a function (signal) => promise, got ${describe(start)}: for a promise that can't be aborted there is abandonable(promise)`,
    )
  }
  const future = new AbortableFuture<T>({ loop: getEventLoop() })
  return future.start((signal) => callInCurrent(() => start(signal)))
}

/**
 * The future of a promise that can't be stopped: a cancellation walks away from it at once. An error
 * that it throws afterwards goes to the loop's exception handler.
 *
 * @example
 * ```ts
 * await run(async () => await abandonable(Promise.resolve(7))) // => 7
 * ```
 */
export function abandonable<T>(promise: PromiseLike<T>): Future<T> {
  return new PromiseFuture<T>({ loop: getEventLoop() }).follow(promise)
}
