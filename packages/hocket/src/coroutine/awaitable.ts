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

const generators: object = Object.getPrototypeOf(function* () {}).prototype
const { isPrototypeOf: isAbove } = Object.prototype

export function isGenerator(value: unknown): value is Body {
  if (typeof value !== 'object' || value === null) return false
  // Each generator function's are of a shape of their own, for which the engine keeps no shortcut to the
  // tag. That is for generators of another realm, and for what a compiler has made of one.
  return (
    isAbove.call(generators, value) ||
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
