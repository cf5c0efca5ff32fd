import { RuntimeError } from '../errors/errors.ts'
import type { NativeTask } from '../future/reaction.ts'
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
 * Aborts when the task is asked to cancel, or a timeout or scope that the code is in:
 * `fetch(url, { signal: currentSignal() })`. Ask for it at each await.
 *
 * @throws {@link RuntimeError} outside any task
 */
export function currentSignal(): AbortSignal {
  const strand = currentStrand() as NativeTask | null
  if (strand === null)
    throw new RuntimeError(
      'currentSignal() was called outside any task: call it in a coroutine, or use an AbortController of your own',
    )
  const scope = strand._inner
  if (scope !== null && scope.strand._task === strand._task) return scope.signal
  return (strand._task as Task<unknown>).signal
}
