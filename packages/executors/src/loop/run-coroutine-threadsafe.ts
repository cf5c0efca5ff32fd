import { type Coroutine, type EventLoop, isCoroutine, type TaskSource } from 'hocket'
import { Future } from '../concurrent/future.ts'
import { askOwner } from '../worker/api.ts'

/** The future of a task: cancelling it cancels the task. */
class TaskCall<T> extends Future<T> {
  #cancelTask: () => void = () => {}

  start(source: TaskSource<T>, loop: EventLoop): this {
    loop.callSoonThreadsafe(() => {
      if (!this.setRunningOrNotifyCancel()) {
        if (isCoroutine(source)) source.close()
        return
      }
      const task = loop.createTask(source)
      this.#cancelTask = () => void task.cancel()
      task.addDoneCallback(() => {
        if (task.cancelled()) this._setCancelled()
        else if (task.exception() !== null) this.setException(task.exception())
        else this.setResult(task.result())
      })
    })
    return this
  }

  override cancel(): boolean {
    if (!this.running()) return super.cancel()
    this.#cancelTask()
    return true
  }
}

/**
 * Has `coroutine` run as a task of `loop`, from outside that loop, and gives a `concurrent.Future`.
 * asyncio.run_coroutine_threadsafe, CPython 3.13.
 *
 * In a worker, where the coroutines of another thread can't be: `runCoroutineThreadsafe(fn, ...args)`
 * runs a function of `moduleFunctions` as a task of the loop that uses the executor, and gives the
 * future of its result. `await` it, or in a thread wait by `resultSync()`.
 *
 * @throws {@link RuntimeError} if it is given a function outside a worker
 */
export function runCoroutineThreadsafe<T>(coroutine: Coroutine<T>, loop: EventLoop): Future<T>
export function runCoroutineThreadsafe<A extends unknown[], R>(
  fn: (...args: A) => R,
  ...args: A
): Future<Awaited<R>>
export function runCoroutineThreadsafe(given: unknown, ...rest: unknown[]): Future<unknown> {
  if (typeof given === 'function') {
    return askOwner(given as (...args: never[]) => unknown, rest) as Future<unknown>
  }
  if (!isCoroutine(given)) {
    throw new TypeError(
      `runCoroutineThreadsafe expected a coroutine and its loop, or in a worker a function, got ${typeof given}`,
    )
  }
  return new TaskCall<unknown>().start(given, rest[0] as EventLoop)
}
