import { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { checkTime, describe, isThenable } from '../loop/checks.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { getRunningLoop, setStrand } from '../loop/running.ts'
import { listSources, listSubjects } from './sources.ts'

/** For `wait`: until one is done. */
export const FIRST_COMPLETED = 'FIRST_COMPLETED'
/** For `wait`: until one has failed (a cancellation is no failure), or all are done. */
export const FIRST_EXCEPTION = 'FIRST_EXCEPTION'
/** For `wait`: until all are done. */
export const ALL_COMPLETED = 'ALL_COMPLETED'

export interface WaitOptions {
  /** After so many ms it gives what there is; null (the default) waits as long as it takes. */
  timeout?: number | null
  /** {@link ALL_COMPLETED} when left out. */
  returnWhen?: typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED
}

/** Those that are done and those that are pending, in the order given. */
export interface WaitResult<F> {
  done: Set<F>
  pending: Set<F>
}

/**
 * What the waiting task waits for, and itself the watch on all of the futures: whom a future wakes
 * need not be a new object.
 */
class Countdown extends Future<void> implements Runnable {
  declare private readonly _futures: ReadonlySet<Future<unknown>>
  declare private _left: number

  constructor(loop: EventLoop, futures: ReadonlySet<Future<unknown>>, count: number) {
    super(loop._asOption)
    this._futures = futures
    this._left = count
  }

  _run(): void {
    setStrand(null)
    this._left -= 1
    if (this._left <= 0) this.end()
  }

  end(): void {
    if (!this.done()) this._resolve()
  }

  override _describeSubject(): string {
    return `the wait() for ${listSubjects(this._futures)}`
  }
}

/** With FIRST_EXCEPTION it matters which one is done. */
class FailureWatch implements Runnable {
  declare private readonly _count: Countdown
  declare private readonly _future: Future<unknown>

  constructor(count: Countdown, future: Future<unknown>) {
    this._count = count
    this._future = future
  }

  get _loop(): EventLoop {
    return this._count._loop
  }

  _run(): void {
    this._count._run()
    const future = this._future
    if (future._isFulfilled() || future.cancelled()) return
    // As in asyncio, it counts as looked at.
    future._takeError()
    this._count.end()
  }

  toString(): string {
    return String(this._count)
  }
}

const start = coroutine(function* wait(
  given: Iterable<Future<unknown>>,
  options: WaitOptions,
): Generator<Suspension, WaitResult<Future<unknown>>, unknown> {
  const { timeout = null, returnWhen = ALL_COMPLETED } = options
  const futures = new Set(listSources(given, 'wait'))
  checkWait(futures, timeout, returnWhen)
  const loop = getRunningLoop()
  const count = new Countdown(loop, futures, returnWhen === FIRST_COMPLETED ? 1 : futures.size)
  const timer = timeout === null ? null : loop.callLater(timeout, () => count.end())
  const watches = new Map<Future<unknown>, Runnable>()
  for (const future of futures) {
    const watch = returnWhen === FIRST_EXCEPTION ? new FailureWatch(count, future) : count
    if (watch !== count) watches.set(future, watch)
    future._addWaiter(watch)
  }
  try {
    yield* count
  } finally {
    timer?.cancel()
    for (const future of futures) {
      if (!future.done()) future._removeWaiter(watches.get(future) ?? count)
    }
  }
  const done = new Set<Future<unknown>>()
  const pending = new Set<Future<unknown>>()
  for (const future of futures) (future.done() ? done : pending).add(future)
  return { done, pending }
})

function checkWait(
  futures: Set<Future<unknown>>,
  timeout: number | null,
  returnWhen: string,
): void {
  for (const future of futures) {
    if (future instanceof Future) continue
    throw new TypeError(
      `wait expected futures or tasks, got ${describe(future)}${howToWait(future)}`,
    )
  }
  if (futures.size === 0) {
    throw new RangeError('wait expected at least one future, got none: it would never return')
  }
  if (timeout !== null) checkTime(timeout, 'wait', 'a timeout')
  if (![FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED].includes(returnWhen)) {
    throw new RangeError(
      `wait expected returnWhen to be FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, got ${String(returnWhen)}`,
    )
  }
}

function howToWait(given: unknown): string {
  if (given instanceof Coroutine || typeof given === 'function') {
    return ': start it by createTask() first'
  }
  return isThenable(given) ? ': wrap the promise by ensureFuture() first' : ''
}

/**
 * Waits until all `futures` are done, or as `returnWhen` says, or until the timeout; gives those that
 * are done and those that are pending, both in the order given. It throws none of their errors, not
 * even a TimeoutError, and **cancels nothing**, neither at the timeout nor when it is cancelled
 * itself. asyncio.wait, CPython 3.13.
 *
 * @throws {@link TypeError} if one of them is no Future or Task, when it is awaited
 * @throws {@link RangeError} if there is none, or `timeout` is NaN, when it is awaited
 *
 * @example
 * ```ts
 * await run(async () => {
 *   const tasks = [10, 60_000].map((delay) => createTask(sleep(delay, delay)))
 *   const { done, pending } = await wait(tasks, { returnWhen: FIRST_COMPLETED })
 *   for (const task of pending) task.cancel()
 *   return [...done].map((task) => task.result())
 * }) // => [10]
 * ```
 */
export function wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Coroutine<WaitResult<F>> {
  return start(futures, options) as Coroutine<WaitResult<F>>
}
