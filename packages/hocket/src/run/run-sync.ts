import { stoppedEarly } from '../loop/checks.ts'
import { newEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { TaskSource } from '../task/create-task.ts'
import type { RunOptions } from './runner.ts'
import { allDone, cancelTasks, reportErrors } from './shutdown.ts'

/**
 * Runs `main` to its end before it returns: for programs of generator coroutines that need nothing
 * of the host. On a loop with a virtual clock, timers fire as well.
 *
 * @throws {@link RuntimeError} where something needs the host: an async function, a promise, a timer
 * @throws {@link DeadlockError} if `main` can never end
 *
 * @example
 * ```ts
 * const sum = coroutine(function* (n: number): Generator<never, number> {
 *   return n * (n + 1) / 2
 * })
 * runSync(sum(4)) // => 10
 * ```
 */
export function runSync<T>(main: TaskSource<T>, options: RunOptions = {}): T {
  const loop = options.loopFactory?.() ?? newEventLoop()
  if (options.debug !== undefined) loop.setDebug(options.debug)
  loop._checkStart()
  try {
    const task = loop.createTask(main)
    try {
      loop._runSync(() => task.done())
      if (!task.done()) throw stoppedEarly()
    } catch (error) {
      endQuietly(loop)
      throw error
    }
    end(loop)
    return task.result()
  } finally {
    loop.close()
  }
}

/** Cancels what is left, runs it to its end, and closes async generators. */
function end(loop: EventLoop): void {
  const left = cancelTasks(loop)
  const ended = allDone(loop, left)
  if (left.length > 0) loop._runSync(() => ended.done())
  reportErrors(loop, left)
  const closing = loop.createTask(loop.shutdownAsyncgens())
  loop._runSync(() => closing.done())
}

/** What needs the host can't end without it, either; the caller knows why already. */
function endQuietly(loop: EventLoop): void {
  try {
    end(loop)
  } catch {}
}
