import { callBody } from '../coroutine/call-body.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { isCancelledError } from '../errors/errors.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'

/** An async iterable whose `next()` may give any awaitable, such as a coroutine. */
export interface AsyncMapSource<T> {
  [Symbol.asyncIterator](): { next(): PromiseLike<IteratorResult<T, unknown>> }
}

/** Where items come from. */
export type MapSource<T> = Iterable<T> | AsyncMapSource<T>

type Result = IteratorResult<unknown, unknown>

interface AnyIterator {
  next(): Result | PromiseLike<Result>
  return?(): unknown
}

/** Where the items come from; closed once, unless it has ended by itself. */
export class Source {
  readonly isAsync: boolean
  readonly #iterator: AnyIterator
  #isOpen = true

  constructor(iterator: AnyIterator, isAsync: boolean) {
    this.#iterator = iterator
    this.isAsync = isAsync
  }

  /** The next item of a plain iterator. */
  next(): Result {
    this.#isOpen = false
    return this.#check(this.#iterator.next() as Result)
  }

  /** The next item of an async one. */
  *wait(): Generator<Suspension, Result, unknown> {
    const iterator = this.#iterator
    try {
      return this.#check(yield* callBody(() => iterator.next(), 'next'))
    } catch (error) {
      // Having thrown, an iterator is over. Having been cancelled, it need not be.
      this.#isOpen = isCancelledError(error)
      throw error
    }
  }

  *close(): Generator<Suspension, void, unknown> {
    if (!this.#isOpen) return
    this.#isOpen = false
    const iterator = this.#iterator
    if (this.isAsync) yield* callBody(() => iterator.return?.(), 'return')
    else iterator.return?.()
  }

  #check(result: Result): Result {
    if (typeof result !== 'object' || result === null) {
      throw new TypeError(`an iterator gave ${describe(result)} instead of { done, value }`)
    }
    this.#isOpen = result.done !== true
    return result
  }
}

export function openSource(source: MapSource<unknown>): Source {
  if (Symbol.asyncIterator in source) {
    return new Source(source[Symbol.asyncIterator]() as AnyIterator, true)
  }
  return new Source(source[Symbol.iterator](), false)
}

/** Strings are iterable, too; a number in front of `in` would throw. */
export function checkSource(source: unknown, name: string): void {
  const { [Symbol.asyncIterator]: open, [Symbol.iterator]: openPlain } = (source ?? {}) as Record<
    symbol,
    unknown
  >
  if (typeof open === 'function') return
  const isOne = source instanceof Coroutine || source instanceof Future
  if (typeof openPlain === 'function' && typeof source === 'object' && !isOne) return
  throw new TypeError(
    `${name} expected an array, or another iterable or async iterable, got ${describe(source)}${isOne || isThenable(source) ? ': await it first' : ''}`,
  )
}
