import { type Coroutine, coroutine, getRunningLoop, type Suspension } from 'hocket'
import { wrapFuture } from '../concurrent/wrap-future.ts'
import { PoolExecutor } from '../executor/pool-executor.ts'

const callInThread = coroutine(function* toThread(
  fn: (...args: never[]) => unknown,
  args: unknown[],
): Generator<Suspension, unknown, never> {
  const loop = getRunningLoop()
  const executor = loop._getDefaultExecutor()
  return executor instanceof PoolExecutor
    ? yield* wrapFuture(executor._submitWithContext(fn, args))
    : yield* loop.runInExecutor(executor, fn as (...args: unknown[]) => unknown, ...args)
})

/**
 * Calls `fn(...args)` in a thread of the loop's default executor. The values of those context variables
 * that travel (see `travels`) are set there. Cancelling it takes back a call that has not begun and
 * walks away from one that runs. asyncio.to_thread, CPython 3.13.
 *
 * @throws whatever `fn` throws
 *
 * @example
 * ```ts
 * await run(async () => await toThread((a: number, b: number) => a + b, 1, 2)) // => 3
 * ```
 */
export function toThread<A extends unknown[], R>(
  fn: (...args: A) => R,
  ...args: A
): Coroutine<Awaited<R>> {
  return callInThread(fn as (...args: never[]) => unknown, args) as Coroutine<Awaited<R>>
}
