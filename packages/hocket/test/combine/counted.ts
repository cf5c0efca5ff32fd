/** The numbers from 0, and what is done to their iterator. */
export class Counted implements IterableIterator<number, undefined> {
  opened = 0
  pulled = 0
  closed = 0
  /** What closing throws. */
  failure: Error | null = null
  readonly #count: number
  readonly #failsAt: number
  readonly #error: Error

  constructor(
    count: number,
    failsAt: number = Infinity,
    error: Error = new Error('the source failed'),
  ) {
    this.#count = count
    this.#failsAt = failsAt
    this.#error = error
  }

  [Symbol.iterator](): this {
    this.opened += 1
    return this
  }

  next(): IteratorResult<number, undefined> {
    const value = this.pulled
    if (value >= this.#failsAt) throw this.#error
    if (value >= this.#count) return { done: true, value: undefined }
    this.pulled += 1
    return { done: false, value }
  }

  return(): IteratorResult<number, undefined> {
    this.closed += 1
    if (this.failure !== null) throw this.failure
    return { done: true, value: undefined }
  }
}
