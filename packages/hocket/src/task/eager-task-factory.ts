import type { Future } from '../future/future.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { TaskOptions, TaskSource } from './create-task.ts'
import { Task } from './task.ts'

/**
 * For `loop.setTaskFactory`: every task runs its first step at once, inside the call that makes it. One
 * that ends in it never enters the loop. asyncio.eager_task_factory, CPython 3.13.
 *
 * @example
 * ```ts
 * const log: string[] = []
 * await run(async () => {
 *   getRunningLoop().setTaskFactory(eagerTaskFactory)
 *   createTask(async () => void log.push('first'))
 *   log.push('second')
 * })
 * log // => ['first', 'second']
 * ```
 */
export function eagerTaskFactory<T>(
  loop: EventLoop,
  source: TaskSource<T>,
  options?: TaskOptions,
): Future<T> {
  return new Task(source, { ...options, eagerStart: true }, loop)
}
