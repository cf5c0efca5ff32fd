import type { Suspension } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'
import { AsyncGeneratorObject } from './async-generator.ts'
import { type Awaitable, isAwaitable } from './awaitable.ts'
import { callBody } from './call-body.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'
import { StopAsyncIteration } from './stop-async-iteration.ts'

/** What `anext` can ask: an async iterator, ours or a foreign one, or a plain iterator. */
export interface AnyIterator<T> {
  next():
    | Awaitable<IteratorResult<T | PromiseLike<T>, unknown>>
    | IteratorResult<T | PromiseLike<T>, unknown>
}

/** What `aiter` takes. */
export type AnyIterable<T> =
  | { [Symbol.asyncIterator](): AnyIterator<T> }
  | { [Symbol.iterator](): Iterator<T | PromiseLike<T>, unknown> }

/**
 * The async iterator of `iterable`, else its plain iterator: for `anext`, in generator coroutines, which
 * have no `for await`. Python's `aiter`.
 *
 * @throws {@link TypeError} if it is not iterable
 *
 * @example
 * ```ts
 * const total = coroutine(function* (numbers: AsyncIterable<number>) {
 *   const iterator = aiter(numbers)
 *   let sum = 0
 *   for (;;) {
 *     const number = yield* anext(iterator, null)
 *     if (number === null) return sum
 *     sum += number
 *   }
 * })
 * async function* count() {
 *   yield 1
 *   yield 2
 * }
 * await run(total(count())) // => 3
 * ```
 */
export function aiter<I extends { next(): unknown }>(iterable: { [Symbol.asyncIterator](): I }): I
export function aiter<T>(iterable: AnyIterable<T>): AnyIterator<T>
export function aiter(iterable: unknown): unknown {
  const { [Symbol.asyncIterator]: open, [Symbol.iterator]: openPlain } = (iterable ?? {}) as Record<
    symbol,
    (() => unknown) | undefined
  >
  const found = open ?? openPlain
  if (typeof found !== 'function') {
    throw new TypeError(
      `aiter() expected an async iterable or an iterable, got ${describe(iterable)}`,
    )
  }
  return found.call(iterable)
}

/**
 * The next value of `iterator`; at its end the default, or a StopAsyncIteration where none is given.
 * Takes an iteration of the loop only if the iterator does. Python's `anext`.
 *
 * A cancellation is thrown inside an iterator of Hocket's, and at what a foreign one awaits of
 * Hocket's. Another promise is waited for first, so that the iterator is not left running; in a
 * generator coroutine the value that it gives then is dropped.
 *
 * @throws {@link StopAsyncIteration} at the end, without a default
 * @throws {@link TypeError} if it is not an iterator
 *
 * @example
 * ```ts
 * const letters = asyncGenerator(async function* () {
 *   yield 'a'
 * })
 * await run(async () => {
 *   const iterator = letters()
 *   return [await anext(iterator), await anext(iterator, 'end')]
 * }) // => ['a', 'end']
 * ```
 */
export function anext<T>(iterator: AnyIterator<T>): Coroutine<T>
export function anext<T, D>(iterator: AnyIterator<T>, fallback: D): Coroutine<T | D>
export function anext(iterator: AnyIterator<unknown>, ...fallback: [unknown?]): Coroutine<unknown> {
  if (typeof (iterator as { next?: unknown } | null)?.next !== 'function') {
    throw new TypeError(
      `anext() expected an iterator, got ${describe(iterator)}: get one by aiter(iterable)`,
    )
  }
  return askNext(iterator, fallback)
}

const askNext = coroutine(function* anext(
  iterator: AnyIterator<unknown>,
  fallback: [unknown?],
): Generator<Suspension, unknown, unknown> {
  let isPlain = false
  const result =
    iterator instanceof AsyncGeneratorObject
      ? yield* iterator.next()
      : yield* callBody(() => {
          const given = iterator.next()
          isPlain = !isAwaitable(given)
          return given
        }, 'next')
  if (typeof result !== 'object' || result === null) {
    throw new TypeError(`anext(): the iterator gave ${describe(result)} instead of { done, value }`)
  }
  if (result.done === true) {
    if (fallback.length > 0) return fallback[0]
    throw new StopAsyncIteration()
  }
  // What a plain iterator gives may be promises, which `for await` waits for, too.
  const { value } = result
  return isPlain && isThenable(value) ? yield* callBody(() => value, 'next') : value
})
