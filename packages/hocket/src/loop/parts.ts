import type { Coroutine } from '../coroutine/coroutine.ts'
import type { Future } from '../future/future.ts'
import type { Awaitable, TaskOptions, TaskSource } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'
import type { ConcurrentFuture, DefaultExecutor } from './default-executor.ts'
import type { EventLoop } from './event-loop.ts'

/**
 * What a loop offers but can't make itself: futures and tasks belong to later rooms, which fill
 * this in when they are loaded (task/install.ts). The loop knows their types only.
 */
export interface Parts {
  makeFuture<T>(loop: EventLoop): Future<T>
  makeTask<T>(loop: EventLoop, source: TaskSource<T>, options: TaskOptions | undefined): Task<T>
  ensureFuture<T>(awaitable: Awaitable<T>, loop: EventLoop): Future<T>
  shutdownAsyncgens(loop: EventLoop): Coroutine<void>
  /** The outcome of an executor's call as a future of `loop`. */
  followCall<T>(loop: EventLoop, call: ConcurrentFuture<T>): Future<T>
  shutdownDefaultExecutor(
    loop: EventLoop,
    holder: DefaultExecutor,
    delay: number | null,
  ): Coroutine<void>
  /** The text of a DeadlockError: the loop's tasks and what each of them waits for. */
  describeDeadlock(loop: EventLoop): string
  /** Handles of this loop run from here on. */
  beginTurn(loop: EventLoop): void
  /** An iteration is over (null: and no other follows now): time to look for coroutines that nobody awaited. */
  endIteration(loop: EventLoop | null): void
  /** The loop is closed: the last chance to report what was lost. */
  endLoop(loop: EventLoop): void
}

export let parts: Parts

export function installParts(installed: Parts): void {
  parts = installed
}
