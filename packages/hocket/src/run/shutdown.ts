import type { Future } from '../future/future.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { allTasks } from '../task/registry.ts'
import type { Task } from '../task/task.ts'

/** Asks every task that is left to cancel; gives them. */
export function cancelTasks(loop: EventLoop): Task<unknown>[] {
  const tasks = [...allTasks(loop)]
  for (const task of tasks) task.cancel()
  return tasks
}

/** A future that is done when all `tasks` are. */
export function allDone(loop: EventLoop, tasks: Task<unknown>[]): Future<void> {
  const future = loop.createFuture<void>()
  let left = tasks.length
  for (const task of tasks) {
    task.addDoneCallback(() => {
      left -= 1
      if (left === 0 && !future.done()) future.setResult()
    })
  }
  return future
}

/** Errors of tasks that were cancelled at the end and had nobody to tell. asyncio's shutdown. */
export function reportErrors(loop: EventLoop, tasks: Task<unknown>[]): void {
  for (const task of tasks) {
    if (task.cancelled() || !task.done()) continue
    const exception = task.exception()
    if (exception === null) continue
    loop.callExceptionHandler({
      message: 'unhandled exception during the shutdown of run()',
      exception,
      task,
    })
  }
}

/** Tasks that will never go on, because their loop is about to be closed. */
export function reportPending(loop: EventLoop): void {
  for (const task of allTasks(loop)) {
    loop.callExceptionHandler({ message: 'the loop is closed while a task is pending', task })
  }
}
