import { RuntimeError } from '../errors/errors.ts'
import { describe } from './checks.ts'

/** What an executor gives for a call: `concurrent.Future` of `@hocket/executors` is one. */
export interface ConcurrentFuture<T> {
  /** Calls `callback` when this is done; at once if it is. */
  addDoneCallback(callback: () => unknown): void
  /** Takes the call back, if it has not begun. */
  cancel(): boolean
  cancelled(): boolean
  /** Of one that is done: the result, or throws. */
  resultSync(): T
}

/** What `loop.runInExecutor` runs functions by: those of `@hocket/executors` are such. */
export interface Executor {
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): ConcurrentFuture<Awaited<R>>
  /** Takes no new calls; what it gives is done when all have ended and the workers are gone. */
  shutdown(options?: { wait?: boolean; cancelFutures?: boolean }): ConcurrentFuture<void>
}

let makeExecutor: (() => Executor) | null = null

/** Makes `make` what gives a loop its default executor. */
export function installDefaultExecutor(make: () => Executor): void {
  makeExecutor = make
}

/** The default executor of a loop: made when it is first used, and shut down with the loop. */
export class DefaultExecutor {
  #executor: Executor | null = null
  #isShutDown = false

  set(executor: Executor): void {
    if (typeof (executor as Partial<Executor> | null)?.submit !== 'function') {
      throw new TypeError(
        `setDefaultExecutor expected an executor, got ${describe(executor)}: make a ThreadPoolExecutor`,
      )
    }
    this.#executor = executor
  }

  get(): Executor {
    if (this.#isShutDown) {
      throw new RuntimeError(
        "the default executor is shut down, as run() does it at its end: don't call it from clean-up code",
        { code: 'ERR_EXECUTOR_SHUT_DOWN' },
      )
    }
    if (this.#executor === null) {
      if (makeExecutor === null) {
        throw new RuntimeError(
          "there is no default executor: import '@hocket/executors' once, or setDefaultExecutor(executor)",
          { code: 'ERR_NO_EXECUTOR' },
        )
      }
      this.#executor = makeExecutor()
    }
    return this.#executor
  }

  /** From now on nothing can be submitted. Gives the executor, if one was made. */
  close(): Executor | null {
    this.#isShutDown = true
    return this.#executor
  }
}
