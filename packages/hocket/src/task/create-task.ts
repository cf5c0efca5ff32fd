import type { Context } from '../context/context-var.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import type { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { getRunningLoop } from '../loop/running.ts'
import type { Task } from './task.ts'

export type { Awaitable } from '../coroutine/awaitable.ts'

/** What can be started as a task. Never a promise: what it stands for is running already. */
export type TaskSource<T> =
  | Coroutine<T>
  | Generator<Suspension, T, never>
  | (() => Coroutine<T> | Generator<Suspension, T, never> | PromiseLike<T>)

export interface TaskOptions {
  /** For reports and `getName()`; `Task-N` when left out. */
  name?: string
  /** The context the task runs in; a copy of the current one when left out. */
  context?: Context
  /** Runs the first step at once, inside the caller's step, instead of through the ready queue. */
  eagerStart?: boolean
}

export type TaskFactory = (
  loop: EventLoop,
  source: TaskSource<unknown>,
  options: TaskOptions,
) => Future<unknown>

/**
 * Starts a coroutine in a task of its own on the running loop. Its first step runs in the next
 * iteration, in the order of the calls. The loop holds the task until it is done, so it can't
 * vanish. Cancelling the creator does not cancel it. asyncio.create_task, CPython 3.13.
 *
 * @throws {@link RuntimeError} outside any loop
 * @throws {@link TypeError} if `source` is a promise, a Future, or no coroutine at all
 *
 * @example
 * ```ts
 * const say = coroutine(async (word: string) => {
 *   await sleep(10)
 *   return word
 * })
 * await run(async () => {
 *   const tasks = ['a', 'b'].map((word) => createTask(say(word)))
 *   return `${await tasks[0]}${await tasks[1]}`
 * }) // => 'ab'
 * ```
 */
export function createTask<T>(source: TaskSource<T>, options?: TaskOptions): Task<T> {
  return getRunningLoop().createTask(source, options)
}
