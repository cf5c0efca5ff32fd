import { Deque } from '../base/deque.ts'
import type { GeneratorCall } from '../coroutine/async-generator.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { TimeoutError } from '../errors/errors.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { checkTime } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { setStrand } from '../loop/running.ts'
import type { TimerHandle } from '../loop/timer-handle.ts'
import {
  type FutureOf,
  futuresOf,
  type GatherSource,
  listSources,
  listSubjects,
  type ResultOf,
} from './sources.ts'

/** What is done and not taken yet (null: the time is over), and who waits for it. */
class Arrivals {
  readonly #loop: EventLoop
  readonly #arrived = new Deque<Future<unknown> | null>()
  readonly #waiting = new Deque<Future<void>>()
  readonly #watches = new Map<Future<unknown>, ArrivalWatch>()
  #timer: TimerHandle | null = null
  /** How many nobody has asked for yet. */
  left: number

  constructor(loop: EventLoop, futures: Iterable<Future<unknown>>, timeout: number | null) {
    this.#loop = loop
    for (const future of futures) this.#watches.set(future, new ArrivalWatch(this, loop, future))
    this.left = this.#watches.size
    for (const [future, watch] of this.#watches) future._addWaiter(watch)
    if (timeout !== null && this.left > 0) {
      this.#timer = loop.callLater(timeout, () => this.#timeOut())
    }
  }

  arrive(future: Future<unknown>): void {
    // Its time was over in the same iteration.
    if (!this.#watches.delete(future)) return
    this.#put(future)
    if (this.#watches.size === 0) this.#timer?.cancel()
  }

  /** The next one that is done, in the order of completion; FIFO among those who wait. */
  *take(): Generator<Suspension, Future<unknown>, unknown> {
    while (this.#arrived.length === 0) {
      const turn = new Turn(this.#watches, this.#loop)
      this.#waiting.push(turn)
      try {
        yield* turn
      } catch (error) {
        turn.cancel()
        // Woken and cancelled at once: whoever waits behind must have the turn.
        if (!turn.cancelled() && this.#arrived.length > 0) this.#wakeNext()
        throw error
      }
    }
    const future = this.#arrived.shift()
    if (future === null) throw new TimeoutError('asCompleted: not all were done in time')
    return future
  }

  #put(arrived: Future<unknown> | null): void {
    this.#arrived.push(arrived)
    this.#wakeNext()
  }

  #wakeNext(): void {
    while (this.#waiting.length > 0) {
      const turn = this.#waiting.shift()
      if (turn.done()) continue
      turn._resolve()
      return
    }
  }

  #timeOut(): void {
    const watches = [...this.#watches]
    this.#watches.clear()
    for (const [future, watch] of watches) {
      future._removeWaiter(watch)
      this.#put(null)
    }
  }
}

class Turn extends Future<void> {
  declare private readonly _watches: ReadonlyMap<Future<unknown>, unknown>

  constructor(watches: ReadonlyMap<Future<unknown>, unknown>, loop: EventLoop) {
    super(loop._asOption)
    this._watches = watches
  }

  override _describeSubject(): string {
    return `the next of ${listSubjects(this._watches.keys())}`
  }
}

class ArrivalWatch implements Runnable {
  declare readonly _loop: EventLoop
  declare private readonly _arrivals: Arrivals
  declare private readonly _future: Future<unknown>

  constructor(arrivals: Arrivals, loop: EventLoop, future: Future<unknown>) {
    this._loop = loop
    this._arrivals = arrivals
    this._future = future
  }

  _run(): void {
    setStrand(null)
    this._arrivals.arrive(this._future)
  }

  toString(): string {
    return `<asCompleted() learns of ${this._future}>`
  }
}

const takeResult = coroutine(function* asCompleted(arrivals: Arrivals) {
  const future = yield* arrivals.take()
  return future.result()
})

const takeFuture = coroutine(function* asCompleted(arrivals: Arrivals) {
  if (arrivals.left === 0) return { done: true, value: undefined }
  arrivals.left -= 1
  return { done: false, value: yield* arrivals.take() }
})

/**
 * The async iterator of `asCompleted`. TypeScript takes what an `AsyncIterator` gives to be awaited
 * already; here it is the future itself.
 */
export interface FutureIterator<F> {
  next(): GeneratorCall<IteratorResult<F, undefined>>
  [Symbol.asyncIterator](): FutureIterator<F>
}

/**
 * What `asCompleted` gives: iterated, a coroutine for each that will be done; async-iterated, the
 * futures themselves. Both take from the same stock.
 */
export class AsCompleted<S>
  implements Iterable<Coroutine<ResultOf<S>>>, AsyncIterable<FutureOf<S>>
{
  readonly #arrivals: Arrivals

  /** @internal */
  constructor(arrivals: Arrivals) {
    this.#arrivals = arrivals
  }

  /** Coroutines, each of which gives or throws what the next one that is done has come to. */
  *[Symbol.iterator](): IterableIterator<Coroutine<ResultOf<S>>> {
    while (this.#arrivals.left > 0) {
      this.#arrivals.left -= 1
      yield takeResult(this.#arrivals) as Coroutine<ResultOf<S>>
    }
  }

  /** The futures and tasks, each when it is done. */
  [Symbol.asyncIterator](): FutureIterator<FutureOf<S>> {
    const iterator = {
      // An awaitable is all that iterating takes of the promises that the types speak of.
      next: () =>
        takeFuture(this.#arrivals) as unknown as GeneratorCall<
          IteratorResult<FutureOf<S>, undefined>
        >,
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }
}

/**
 * Waits for several at once and gives them one by one, in the order in which they are done.
 * Coroutines, generators and functions become Tasks, in order, before it returns.
 *
 * `for (const next of asCompleted(…)) await next` gives results, and errors where they are awaited;
 * in generator coroutines it is `yield* next`. `for await (const task of asCompleted(…))` gives the
 * futures and tasks themselves, done, failed or cancelled. Leaving the loop cancels nothing.
 *
 * After `timeout` ms each of those left is a TimeoutError; nothing is cancelled. A cancellation while
 * it waits leaves the rest as they are. asyncio.as_completed, CPython 3.13.
 *
 * @throws {@link TypeError} if one is a promise or nothing that can be awaited; then none begins
 * @throws {@link RangeError} if the futures belong to different loops, or `timeout` is NaN
 * @throws {@link TimeoutError} where it is awaited, for each that is not done in time
 *
 * @example
 * ```ts
 * const seen: string[] = []
 * await run(async () => {
 *   for (const next of asCompleted([sleep(20, 'late'), sleep(10, 'early')])) seen.push(await next)
 * })
 * seen // => ['early', 'late']
 * ```
 */
export function asCompleted<S extends GatherSource<unknown>>(
  sources: Iterable<S>,
  options: { timeout?: number | null } = {},
): AsCompleted<S> {
  const { timeout = null } = options
  const list = listSources(sources, 'asCompleted')
  if (timeout !== null) checkTime(timeout, 'asCompleted', 'a timeout')
  const futures = futuresOf(list, 'asCompleted')
  const loop = futures[0]?._loop ?? getEventLoop()
  return new AsCompleted(new Arrivals(loop, futures, timeout))
}
