import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import type { Future } from './future.ts'

/** Watches many futures, and has nothing to keep for each of them until it is done. */
export interface Watcher {
  readonly _loop: EventLoop
  /** Gives what tells of the end of `future`. */
  _noticeOf(future: Future<unknown>): Runnable
}

/** Who waits for a future: what runs when that is done, or a watcher. */
export type Waiting = Runnable | Watcher

/** What runs for `waiter` when `future` is done. */
export function noticeFor(waiter: Waiting, future: Future<unknown>): Runnable {
  const { _noticeOf: noticeOf } = waiter as Partial<Watcher>
  return noticeOf === undefined ? (waiter as Runnable) : noticeOf.call(waiter as Watcher, future)
}

/** `future` is done. A waiter of another loop, one that is closed, is nobody any more. */
export function wake(waiter: Waiting, future: Future<unknown>): void {
  if (!waiter._loop.isClosed()) waiter._loop._enqueue(noticeFor(waiter, future))
}
