import { ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, TimeoutError } from 'hocket'
import { Future } from './future.ts'

export interface WaitOptions {
  /** Ms, after which what is there is given; null for no limit. */
  timeout?: number | null
  returnWhen?: typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED
}

/** The futures of a `wait`, in the order in which they were given. */
export interface Waited<F> {
  readonly done: Set<F>
  readonly notDone: Set<F>
}

/**
 * Waits for futures, and gives those that are done and those that are not. A time limit is no error:
 * it gives what there is. concurrent.futures.wait, CPython 3.13.
 *
 * @throws {@link RangeError} for another `returnWhen`
 */
export function wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Future<Waited<F>> {
  const { timeout = null, returnWhen = ALL_COMPLETED } = options
  if (![ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION].includes(returnWhen)) {
    throw new RangeError(`wait: invalid returnWhen: ${String(returnWhen)}`)
  }
  const all = new Set(futures)
  const outcome = new Future<Waited<F>>()
  outcome.setRunningOrNotifyCancel()
  let left = 0
  let timer: NodeJS.Timeout | undefined
  const finish = () => {
    clearTimeout(timer)
    for (const future of all) if (!future.done()) future.removeDoneCallback(arrive)
    if (outcome.done()) return
    const done = new Set<F>()
    const notDone = new Set<F>()
    for (const future of all) (future.done() ? done : notDone).add(future)
    outcome.setResult({ done, notDone })
  }
  const isEnough = (future: Future<unknown>) =>
    returnWhen === FIRST_COMPLETED || (returnWhen === FIRST_EXCEPTION && future._isRejected())
  const arrive = (future: Future<unknown>) => {
    left -= 1
    if (left === 0 || isEnough(future)) finish()
  }
  const ended = [...all].filter((future) => future.done())
  left = all.size - ended.length
  if (left === 0 || ended.some(isEnough)) finish()
  else {
    if (timeout !== null) timer = setTimeout(finish, Math.max(0, timeout))
    for (const future of all) if (!future.done()) future.addDoneCallback(arrive)
  }
  return outcome
}

/**
 * Futures as they complete, those that are done first. A `for await` gives the futures themselves; a
 * `for … of` gives, as often, a future of the next result: `for (const next of …) yield* next`.
 * concurrent.futures.as_completed, CPython 3.13.
 *
 * @throws {@link TimeoutError} at the next one, if `timeout` ms have gone by since the call
 */
export function asCompleted<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: { timeout?: number | null } = {},
): CompletedFutures<F> {
  return new CompletedFutures<F>(new Set(futures), options.timeout ?? null)
}

type ResultOf<F> = F extends Future<infer T> ? T : never

/** What {@link asCompleted} gives. */
export class CompletedFutures<F extends Future<unknown>> {
  readonly #all: Set<F>
  readonly #completed: F[] = []
  readonly #asked: Future<{ readonly future: F }>[] = []
  readonly #timeout: number | null
  #timer: NodeJS.Timeout | undefined
  #isLate = false
  #given = 0

  /** @internal */
  constructor(all: Set<F>, timeout: number | null) {
    this.#all = all
    this.#timeout = timeout
    if (timeout !== null) this.#timer = setTimeout(() => this.#expire(), Math.max(0, timeout))
    for (const future of all) future.addDoneCallback(this.#arrive as never)
    if (this.#completed.length === all.size) clearTimeout(this.#timer)
  }

  *[Symbol.iterator](): Generator<Future<ResultOf<F>>, void, undefined> {
    while (this.#given < this.#all.size) yield resultOf<F>(this.#next())
  }

  [Symbol.asyncIterator](): AsyncIterator<F, undefined> {
    return {
      next: async () => {
        if (this.#given >= this.#all.size) return { done: true, value: undefined }
        const { future } = await this.#next()
        return { done: false, value: future }
      },
      return: async () => {
        this.#stop()
        return { done: true, value: undefined }
      },
    }
  }

  readonly #arrive = (future: F): void => {
    this.#completed.push(future)
    this.#deliver()
    if (this.#completed.length + this.#given >= this.#all.size) clearTimeout(this.#timer)
  }

  #next(): Future<{ readonly future: F }> {
    this.#given += 1
    const asked = new Future<{ readonly future: F }>()
    asked.setRunningOrNotifyCancel()
    this.#asked.push(asked)
    this.#deliver()
    return asked
  }

  #deliver(): void {
    while (this.#asked.length > 0 && (this.#completed.length > 0 || this.#isLate)) {
      const asked = this.#asked.shift() as Future<{ readonly future: F }>
      const future = this.#completed.shift()
      if (future !== undefined) asked.setResult({ future })
      else asked.setException(this.#lateError())
    }
  }

  #expire(): void {
    this.#isLate = true
    this.#deliver()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    for (const future of this.#all) future.removeDoneCallback(this.#arrive as never)
  }

  #lateError(): TimeoutError {
    const left = [...this.#all].filter((future) => !future.done()).length
    return new TimeoutError(
      `${left} (of ${this.#all.size}) futures were not done after ${this.#timeout} ms`,
    )
  }
}

/** A future of the result of whichever future comes. */
function resultOf<F extends Future<unknown>>(
  next: Future<{ readonly future: F }>,
): Future<ResultOf<F>> {
  const outcome = new Future<ResultOf<F>>()
  outcome.setRunningOrNotifyCancel()
  next.addDoneCallback(() => {
    try {
      outcome.setResult(next._take().future._take() as ResultOf<F>)
    } catch (error) {
      outcome.setException(error)
    }
  })
  return outcome
}
