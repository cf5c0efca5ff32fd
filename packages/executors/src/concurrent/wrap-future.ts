import { type EventLoop, getEventLoop, type Future as LoopFuture } from 'hocket'
import { ExecutorFuture } from 'hocket/lowlevel'
import type { Future } from './future.ts'

/**
 * A future of `loop` (by default the running one) that follows a `concurrent.Future`. Cancelling it
 * asks that one to cancel, and walks away from a call that runs. A loop's own future is given back.
 * asyncio.wrap_future, CPython 3.13.
 */
export function wrapFuture<T>(
  future: Future<T> | LoopFuture<T>,
  options: { loop?: EventLoop } = {},
): LoopFuture<T> {
  if ('getLoop' in future) return future
  if (typeof (future as Partial<Future<T>> | null)?.setRunningOrNotifyCancel !== 'function') {
    throw new TypeError('wrapFuture expected a concurrent.Future, such as submit() gives')
  }
  return new ExecutorFuture<T>({ loop: options.loop ?? getEventLoop() }).follow(future)
}
