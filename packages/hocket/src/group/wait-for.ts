import { type Awaitable, isAwaitable, iterate } from '../coroutine/awaitable.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { isCancelledError, TimeoutError } from '../errors/errors.ts'
import type { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { checkTime, describe } from '../loop/checks.ts'
import { ensureFuture } from '../task/ensure-future.ts'
import { Timeout } from './timeout.ts'

const waitForAny = coroutine(function* waitFor(
  awaitable: Awaitable<unknown>,
  delay: number | null,
): Generator<Suspension, unknown, never> {
  if (delay === null || delay > 0) return yield* within(Timeout._after(delay), awaitable)
  const future = ensureFuture(awaitable)
  if (future.done()) return future.result()
  yield* cancelAndWait(future)
  try {
    return future.result()
  } catch (error) {
    if (isCancelledError(error)) throw new TimeoutError(undefined, { cause: error })
    throw error
  }
})

/** `timeout` over an awaitable instead of a body. */
function* within(
  scope: Timeout,
  awaitable: Awaitable<unknown>,
): Generator<Suspension, unknown, never> {
  yield scope._begin()
  scope._enter()
  let result: unknown
  try {
    result = yield* iterate(awaitable)
  } catch (error) {
    throw scope._leave(error)
  }
  scope._leave(undefined)
  return result
}

/** Waits for the end of `future` apart from it, so that a cancellation of the waiter ends the wait. */
function* cancelAndWait(future: Future<unknown>): Generator<Suspension, void, never> {
  const ended = future.getLoop().createFuture<void>()
  const release = () => {
    if (!ended.done()) ended.setResult()
  }
  future.addDoneCallback(release)
  try {
    future.cancel()
    yield* ended
  } finally {
    future.removeDoneCallback(release)
  }
}

/**
 * Awaits `awaitable` for at most `delay` ms; then it is cancelled, and once it has ended a
 * TimeoutError is thrown. A result that it gives all the same is given. null waits for ever; with 0
 * or less, only what is done already has a result, and a coroutine never begins.
 *
 * Cancelling the caller cancels what it awaits. A foreign promise is walked away from.
 * asyncio.wait_for, CPython 3.13.
 *
 * @throws {@link TimeoutError} if the time is over
 * @throws {@link TypeError} if it is not an awaitable; for a body there is `timeout`
 *
 * @example
 * ```ts
 * await run(async () => await waitFor(sleep(5, 'done'), 1_000)) // => 'done'
 * ```
 */
export function waitFor<T>(awaitable: Awaitable<T>, delay: number | null): Coroutine<T> {
  if (!isAwaitable(awaitable)) {
    throw new TypeError(
      `waitFor expected an awaitable, got ${describe(awaitable)}: for a function there is timeout(delay, body)`,
    )
  }
  if (delay !== null) checkTime(delay, 'waitFor', 'a delay')
  return waitForAny(awaitable, delay) as Coroutine<T>
}
