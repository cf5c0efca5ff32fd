import type { Awaitable } from '../coroutine/awaitable.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { Future } from '../future/future.ts'
import { PromiseFuture } from '../future/promise-future.ts'
import { isThenable } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { TaskSource } from './create-task.ts'

/**
 * A future for any awaitable: the same one for a Future, a task for a coroutine or generator, and
 * a wrapper for a foreign promise. Cancelling the wrapper walks away from the promise at once.
 * asyncio.ensure_future, CPython 3.13.
 *
 * @throws {@link TypeError} if it is not an awaitable
 */
export function ensureFuture<T>(
  awaitable: Awaitable<T>,
  options: { loop?: EventLoop } = {},
): Future<T> {
  if (awaitable instanceof Future) return awaitable
  const loop = options.loop ?? getEventLoop()
  if (!(awaitable instanceof Coroutine) && isThenable(awaitable)) {
    return new PromiseFuture<T>({ loop }).follow(awaitable)
  }
  return loop.createTask(awaitable as TaskSource<T>)
}
