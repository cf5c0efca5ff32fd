import type { Executor as LoopExecutor } from 'hocket'
import type { Future } from '../concurrent/future.ts'
import type { Call, CallOptions } from '../pool/call.ts'
import { MapResults } from './map.ts'
import { optionsOfMap, zip } from './map-arguments.ts'

/** How the calls of a view of an executor are treated; see `Executor.with`. */
export interface SubmitOptions {
  /**
   * Running the call twice does no harm: if its worker dies, it is run again on another one, in place
   * of failing with {@link BrokenExecutor}. false by default.
   */
  idempotent?: boolean
  /**
   * Cancelling the future, or a task that awaits it, also interrupts a call that runs. false by
   * default, as in Python, where what runs goes on.
   */
  interrupt?: boolean
}

export interface ShutdownOptions {
  /** What is given is done when all calls have ended and the workers are gone, else at once. */
  wait?: boolean
  /** Cancels the calls that have not begun. */
  cancelFutures?: boolean
}

export interface MapOptions {
  /** Ms from the call of `map` until all results have to be there; null for no limit. */
  timeout?: number | null
  /** How many calls travel as one, for functions that take microseconds; 1 by default. */
  chunksize?: number
  /** How many calls are submitted ahead of the one whose result is asked for; all when left out. */
  buffersize?: number | null
}

/** How a call was submitted. */
export const plainCall: CallOptions = { idempotent: false, interrupt: false }

/** The iterables of `map`, for a function that takes `A`. */
export type IterablesOf<A extends unknown[]> = { [K in keyof A]: Iterable<A[K]> }

/**
 * Runs functions somewhere else. concurrent.futures.Executor, CPython 3.13.
 *
 * A function is an export of a module (see `moduleFunctions`), or one that needs nothing of what is
 * around it. Calls begin in the order in which they were submitted.
 */
export abstract class Executor implements LoopExecutor {
  /**
   * Has `fn(...args)` called by a worker, and gives its future. `fn` may be an async function or a
   * coroutine function: then it is a task of the worker's event loop. What it throws is thrown here,
   * with its class.
   *
   * @throws {@link RuntimeError} after `shutdown()`
   * @throws {@link BrokenExecutor} if the executor is broken
   * @throws {@link TypeError} if the function can't be sent
   */
  abstract submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Call<Awaited<R>>

  /**
   * Takes no more calls. What was submitted is still run, unless `cancelFutures` is set. It may be
   * called several times.
   */
  abstract shutdown(options?: ShutdownOptions): Future<void>

  /** @internal One call for each of a list of arguments. */
  abstract _submitChunk(fn: (...args: never[]) => unknown, chunk: unknown[][]): Future<unknown[]>

  /**
   * Calls `fn` with an item of each of `iterables`, until the shortest ends, and gives the results in
   * the order of the items: all of them, if it is awaited, or one by one, in a `for await`. All calls
   * are submitted at once, unless `buffersize` is set. If one fails, that is thrown in its place, and
   * those that have not begun are cancelled; so they are when the iteration is left early.
   *
   * @throws {@link TimeoutError} at its result, if `timeout` ms are over
   */
  map<A extends unknown[], R>(
    fn: (...args: A) => R,
    ...iterables: [...IterablesOf<A>] | [...IterablesOf<A>, MapOptions]
  ): MapResults<Awaited<R>> {
    const [sources, options] = optionsOfMap(iterables)
    return new MapResults<Awaited<R>>(
      (args) => this.submit(fn as (...args: unknown[]) => R, ...args) as Future<unknown>,
      (chunk) => this._submitChunk(fn as (...args: never[]) => unknown, chunk),
      zip(sources),
      options,
    )
  }

  /** Shuts it down and waits for its end, at the end of an `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown()
  }
}
