import { DeadlockError } from '../errors/errors.ts'
import type { TaskSource } from '../task/create-task.ts'
import { Runner, type RunOptions } from './runner.ts'

/**
 * Runs `main` on a loop of its own to the end and gives its result: the front door of a program.
 *
 * At the end, tasks that are left are cancelled and waited for, async generators that are left are
 * closed, and so is the loop. It may be called inside a running loop, too: each run has a loop of its
 * own, on the same thread, and a cancellation of the task around it goes on to `main`. The first
 * SIGINT or SIGTERM cancels `main`, the second ends the process. asyncio.run, CPython 3.13.
 *
 * @throws {@link KeyboardInterrupt} if `main` was cancelled by a signal
 * @throws {@link DeadlockError} if `main` can never end, with the tasks and what they wait for
 *
 * @example
 * ```ts
 * const main = coroutine(async () => {
 *   const task = createTask(sleep(5, 'done'))
 *   return await task
 * })
 * await run(main()) // => 'done'
 * ```
 */
export async function run<T>(main: TaskSource<T>, options: RunOptions = {}): Promise<T> {
  const runner = new Runner(options)
  const loop = runner.getLoop()
  let result: T
  try {
    result = await runner.run(main)
  } catch (error) {
    // The first error is the one to know of; what closing runs into is most often its consequence.
    await runner.close().catch((exception) => {
      // What waits for a foreign promise can't be woken by a cancellation: it is the same deadlock.
      if (error instanceof DeadlockError && exception instanceof DeadlockError) return
      loop.callExceptionHandler({ message: 'closing the loop failed as well', exception })
    })
    throw error
  }
  await runner.close()
  return result
}
