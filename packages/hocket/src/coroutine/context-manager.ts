import type { Suspension } from '../future/suspension.ts'
import type { Awaitable } from './awaitable.ts'
import { callBody } from './call-body.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'
import { chain } from './error-chain.ts'

/** What is run inside a context: an async function, a generator function, or a coroutine function. */
export type ContextBody<V, R> = (value: V) => Generator<Suspension, R, never> | PromiseLike<R>

/** What can be entered and left, and is told how it was left. Python's `__aenter__`, `__aexit__`. */
export interface AsyncContextManager<V> {
  /** Enters; gives what the body gets. */
  aenter(): Awaitable<V> | V
  /**
   * Leaves: after an `error` if `hasFailed`. What is truthy swallows the error, and what is thrown takes
   * its place.
   */
  aexit(error: unknown, hasFailed: boolean): unknown
}

/** The base class of context managers: `run` out of the two methods. As contextlib's. */
export abstract class AbstractAsyncContextManager<V> implements AsyncContextManager<V> {
  abstract aenter(): Awaitable<V> | V
  abstract aexit(error: unknown, hasFailed: boolean): unknown

  /**
   * Enters, runs `body(value)` and leaves, whatever became of the body: Python's `async with`. Gives the
   * result of the body, or undefined if its error was swallowed.
   *
   * A cancellation of the body is an error like others here: `aexit` is told of it, and may await.
   *
   * @throws the error of the body, or the one that `aexit` throws in its place, which has it as a cause
   */
  run<R>(body: ContextBody<V, R>): Coroutine<R | undefined> {
    return runIn(this, body) as Coroutine<R | undefined>
  }
}

const runIn = coroutine(function* run(
  manager: AsyncContextManager<unknown>,
  body: ContextBody<never, unknown>,
): Generator<Suspension, unknown, never> {
  const value = yield* callBody(() => manager.aenter(), 'aenter')
  let result: unknown
  try {
    result = yield* callBody(body, body.name, value as never)
  } catch (error) {
    let isSwallowed: unknown
    try {
      isSwallowed = yield* callBody(() => manager.aexit(error, true), 'aexit')
    } catch (thrown) {
      throw chain(thrown, error)
    }
    if (isSwallowed) return undefined
    throw error
  }
  yield* callBody(() => manager.aexit(undefined, false), 'aexit')
  return result
})
