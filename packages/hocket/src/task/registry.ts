import { RuntimeError } from '../errors/errors.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { currentStrand, getRunningLoop } from '../loop/running.ts'
import type { Task } from './task.ts'

/** The task whose step this is, null outside any. asyncio.current_task. */
export function currentTask(): Task<unknown> | null {
  return (currentStrand()?._task ?? null) as Task<unknown> | null
}

/** The tasks of `loop` (by default the running one) that are not done. asyncio.all_tasks. */
export function allTasks(loop: EventLoop = getRunningLoop()): Set<Task<unknown>> {
  return new Set(loop._tasks)
}

/**
 * The signal of the current task, which aborts when the task is asked to cancel:
 * `fetch(url, { signal: currentSignal() })`.
 *
 * @throws {@link RuntimeError} outside any task
 */
export function currentSignal(): AbortSignal {
  const task = currentTask()
  if (task === null)
    throw new RuntimeError(
      'currentSignal() was called outside any task: call it in a coroutine, or use an AbortController of your own',
    )
  return task.signal
}
