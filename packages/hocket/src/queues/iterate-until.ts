import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'

const next = coroutine(function* next<T>(
  End: new () => Error,
  receive: () => Coroutine<T>,
): Generator<never, IteratorResult<T, undefined>, never> {
  try {
    return { done: false, value: yield* receive() as Iterable<never, T, never> }
  } catch (error) {
    if (error instanceof End) return { done: true, value: undefined }
    throw error
  }
})

/**
 * Calls `receive` for each item, until it fails with an `End`. Each item is taken when it is asked
 * for, so nothing is lost where a loop is left, and several loops share the items.
 */
export function iterateUntil<T>(
  End: new () => Error,
  receive: () => Coroutine<T>,
): AsyncIterableIterator<T> {
  const iterator = {
    // A coroutine does for `for await`, and is cancelled with the task.
    next: () => next(End, receive) as unknown as Promise<IteratorResult<T, undefined>>,
    return: () => Promise.resolve({ done: true as const, value: undefined }),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
