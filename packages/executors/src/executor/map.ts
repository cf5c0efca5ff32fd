import { performance } from 'node:perf_hooks'
import { type Coroutine, coroutine, type Suspension, TimeoutError } from 'hocket'
import type { Future } from '../concurrent/future.ts'
import type { MapOptions } from './executor.ts'

interface Part {
  readonly future: Future<unknown>
  readonly isChunk: boolean
}

/**
 * The results of `executor.map`, in the order of the items. `await` gives them as an array, `for await`
 * one by one; `yield*` works too. It is good for one of these.
 */
export class MapResults<T> implements AsyncIterableIterator<T>, PromiseLike<T[]> {
  readonly #submit: (args: unknown[]) => Future<unknown>
  readonly #submitChunk: (chunk: unknown[][]) => Future<unknown[]>
  readonly #items: Iterator<unknown[]>
  readonly #chunksize: number
  readonly #timeout: number | null
  readonly #end: number
  readonly #most: number
  #parts: Part[] = []
  #first = 0
  #ready: T[] = []
  #isExhausted = false

  /** @internal */
  constructor(
    submit: (args: unknown[]) => Future<unknown>,
    submitChunk: (chunk: unknown[][]) => Future<unknown[]>,
    items: Iterator<unknown[]>,
    options: Required<MapOptions>,
  ) {
    this.#submit = submit
    this.#submitChunk = submitChunk
    this.#items = items
    this.#chunksize = options.chunksize
    this.#timeout = options.timeout
    this.#end = performance.now() + (options.timeout ?? Infinity)
    this.#most =
      options.buffersize === null
        ? Infinity
        : Math.max(1, Math.floor(options.buffersize / options.chunksize))
    try {
      this.#fill()
    } catch (error) {
      this.#cancel()
      throw error
    }
  }

  /** The next result. Its coroutine may be awaited in tasks and outside. */
  next(): Promise<IteratorResult<T, undefined>> {
    return Promise.resolve(this.#next() as PromiseLike<IteratorResult<T, undefined>>)
  }

  /** Leaves the iteration: calls that have not begun are cancelled. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#cancel()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = T[], R2 = never>(
    onFulfilled?: ((value: T[]) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): PromiseLike<R1 | R2> {
    return this.#all().then(onFulfilled, onRejected)
  }

  /** What `yield*` calls: the array of all results. */
  [Symbol.iterator](): Iterator<Suspension, T[], unknown> {
    return this.#all()[Symbol.iterator]()
  }

  readonly #next: () => Coroutine<IteratorResult<T, undefined>> = coroutine(
    function* (this: MapResults<T>): Generator<Suspension, IteratorResult<T, undefined>, never> {
      const step = yield* this.#step()
      return step
    }.bind(this) as never,
  )

  readonly #all: () => Coroutine<T[]> = coroutine(
    function* (this: MapResults<T>): Generator<Suspension, T[], never> {
      const results: T[] = []
      for (;;) {
        const step = yield* this.#step()
        if (step.done === true) return results
        results.push(step.value)
      }
    }.bind(this) as never,
  );

  *#step(): Generator<Suspension, IteratorResult<T, undefined>, never> {
    if (this.#ready.length > 0) return { done: false, value: this.#ready.shift() as T }
    const part = this.#parts[this.#first]
    if (part === undefined) return { done: true, value: undefined }
    try {
      const left = this.#end - performance.now()
      if (left <= 0 && !part.future.done()) throw this.#lateError()
      const timeout = this.#timeout === null ? null : left
      const result = yield* part.future.result({ timeout })
      this.#parts[this.#first] = undefined as never
      this.#first += 1
      this.#fill()
      if (!part.isChunk) return { done: false, value: result as T }
      this.#ready = result as T[]
      return yield* this.#step()
    } catch (error) {
      this.#cancel()
      throw error instanceof TimeoutError && !part.future.done() ? this.#lateError() : error
    }
  }

  #fill(): void {
    while (!this.#isExhausted && this.#parts.length - this.#first < this.#most) {
      const chunk: unknown[][] = []
      while (chunk.length < this.#chunksize) {
        const step = this.#items.next()
        if (step.done === true) {
          this.#isExhausted = true
          break
        }
        chunk.push(step.value)
      }
      if (chunk.length === 0) return
      const future =
        this.#chunksize === 1 ? this.#submit(chunk[0] as unknown[]) : this.#submitChunk(chunk)
      this.#parts.push({ future, isChunk: this.#chunksize > 1 })
    }
  }

  #cancel(): void {
    this.#isExhausted = true
    for (const part of this.#parts.slice(this.#first)) part.future.cancel()
    this.#parts = []
    this.#first = 0
    this.#ready = []
    this.#items.return?.()
  }

  #lateError(): TimeoutError {
    return new TimeoutError(
      `map: not all results were there after ${this.#timeout} ms; calls that had begun go on`,
    )
  }
}
