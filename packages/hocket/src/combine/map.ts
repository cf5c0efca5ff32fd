import { asyncGenerator } from '../coroutine/async-generator.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { isCancelledError } from '../errors/errors.ts'
import { FutureWait } from '../future/future-wait.ts'
import type { NativeTask, OnFulfilled, OnRejected } from '../future/reaction.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { parts } from '../loop/parts.ts'
import { awaitingStrand, getRunningLoop } from '../loop/running.ts'
import { checkConcurrency, checkFunction, DEFAULT_CONCURRENCY } from './map-options.ts'
import { type MapBody, MapRun, type MapSink, type MapWork } from './map-run.ts'
import { type AsyncMapSource, checkSource, type MapSource } from './map-source.ts'
import { arrivalsFor } from './map-stream.ts'

export interface MapOptions {
  /** At most so many items are under way at once; 32 when left out, `Infinity` for all. */
  concurrency?: number
  /** Results in the order of the items (`'input'`, the default), or as they come. */
  order?: 'input' | 'completed'
}

/** What `map` gives: awaited, the array of results; async-iterated, one result after the other. */
export class Mapping<R> extends Coroutine<R[]> implements AsyncIterable<R> {
  declare private readonly _work: MapWork
  declare private readonly _isOrdered: boolean

  /** @internal */
  constructor(work: MapWork, isOrdered: boolean) {
    super()
    this._work = work
    this._isOrdered = isOrdered
  }

  get name(): string {
    return 'map'
  }

  /**
   * The results, each as soon as its turn comes. It begins at the first `next()`. Leaving the loop
   * cancels what is under way and waits for it.
   */
  [Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    this._begin()
    return stream(this._work, this._isOrdered) as AsyncGenerator<R, void, undefined>
  }

  /** @internal */
  _iterate(): Iterator<Suspension, R[], unknown> {
    return new FutureWait(this._start(getRunningLoop()))
  }

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = R[], R2 = never>(
    onFulfilled?: OnFulfilled<R[], R1>,
    onRejected?: OnRejected<R2>,
  ): PromiseLike<R1 | R2> {
    const task = awaitingStrand() as NativeTask | null
    if (task === null) {
      return parts.ensureFuture(this, getEventLoop()).then(onFulfilled, onRejected)
    }
    this._begin()
    return this._start(task._loop).then(onFulfilled, onRejected)
  }

  private _start(loop: EventLoop): MapRun<R[]> {
    return new MapRun<R[]>(loop, this._work, new Results(this._isOrdered))
  }
}

/** All results in an array. */
class Results implements MapSink {
  readonly result: unknown[] = []
  readonly held = 0
  readonly #isOrdered: boolean

  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered
  }

  put(index: number, result: unknown): void {
    if (this.#isOrdered) this.result[index] = result
    else this.result.push(result)
  }

  end(): void {}
}

const stream = asyncGenerator(function* map(
  work: MapWork,
  isOrdered: boolean,
): Generator<unknown, void, unknown> {
  const arrivals = arrivalsFor(isOrdered)
  const run = new MapRun(getRunningLoop(), work, arrivals)
  let reason: unknown
  try {
    for (;;) {
      while (!arrivals.hasNext()) {
        if (run.done()) {
          run.result()
          return
        }
        yield* arrivals.wait(run._loop)
      }
      const result = arrivals.take()
      run.roomMade()
      yield result
    }
  } catch (error) {
    if (isCancelledError(error)) reason = error.reason
    throw error
  } finally {
    if (!run.done()) yield* run.stopped(reason)
  }
})

/**
 * Calls `fn(item, index)` for each item of an iterable or async iterable, each call in a task of its
 * own, at most `concurrency` at once. Awaited, it gives the array of results; in a `for await`, one
 * result after the other. Lazy, and good for one of them.
 *
 * Items are pulled one by one, in order, and only when there is room. While results are streamed, at
 * most `concurrency` items are under way, and together with the results that nobody has taken they
 * are at most twice as many. The default is 32 at once, because what is called usually has a limit of
 * its own (connections, files, memory), and because a source need not have an end; `gather` is for
 * all at once.
 *
 * The first error, of a call or of the source, stops the pull, cancels the other calls, waits for
 * them, and is thrown as it is; a stream gives the results that were there before it. What other
 * calls throw while they are being cancelled goes to the loop's exception handler. Cancelling it, or
 * leaving the stream, cancels and waits in the same way. The source is closed (`return()`) whenever
 * it is left before its end.
 *
 * @throws {@link TypeError} if `source` is not iterable or `fn` no function
 * @throws {@link RangeError} if `concurrency` is not a whole number from 1, or Infinity
 *
 * @example
 * ```ts
 * const square = async (n: number) => {
 *   await sleep(10 * n)
 *   return n * n
 * }
 * await run(async () => await map([3, 1, 2], square)) // => [9, 1, 4]
 * const seen: number[] = []
 * await run(async () => {
 *   for await (const n of map([3, 1, 2], square, { order: 'completed' })) seen.push(n)
 * })
 * seen // => [1, 4, 9]
 * ```
 */
export function map<T, R>(
  source: AsyncMapSource<T>,
  fn: MapBody<T, R>,
  options?: MapOptions,
): Mapping<R>
export function map<T, R>(source: MapSource<T>, fn: MapBody<T, R>, options?: MapOptions): Mapping<R>
export function map<T, R>(
  source: MapSource<T>,
  fn: MapBody<T, R>,
  options: MapOptions = {},
): Mapping<R> {
  const { concurrency = DEFAULT_CONCURRENCY, order = 'input' } = options
  checkSource(source, 'map')
  checkFunction(fn, 'map')
  checkConcurrency(concurrency, 'map')
  if (order !== 'input' && order !== 'completed') {
    throw new RangeError(`map expected order to be 'input' or 'completed', got ${describe(order)}`)
  }
  const work = { name: 'map', source, fn: fn as MapBody<unknown, unknown>, concurrency }
  return new Mapping(work, order === 'input')
}
