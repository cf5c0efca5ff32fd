import { Future } from '../future/future.ts'
import { futureOf } from '../future/promise-future.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'
import { getRunningLoop } from '../loop/running.ts'
import { Coroutine } from './coroutine.ts'
import type { Body } from './frame.ts'

/** What can be awaited: ours by `await` and `yield*`, generators by `yield*`, promises by `await`. */
export type Awaitable<T> =
  | Coroutine<T>
  | Future<T>
  | Generator<Suspension, T, never>
  | PromiseLike<T>

export function isGenerator(value: unknown): value is Body {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Generator'
  )
}

export function isAwaitable(value: unknown): value is Awaitable<unknown> {
  return isThenable(value) || isGenerator(value)
}

/** What `yield*` takes, for any awaitable. */
export function iterate<T>(awaitable: Awaitable<T>): Iterable<Suspension, T, unknown> {
  if (awaitable instanceof Coroutine || awaitable instanceof Future || isGenerator(awaitable)) {
    return awaitable as Iterable<Suspension, T, unknown>
  }
  if (isThenable(awaitable)) return futureOf(awaitable, getRunningLoop())
  throw new TypeError(
    `expected an awaitable (a coroutine, Future, Task, generator or promise), got ${describe(awaitable)}`,
  )
}
