import type { Suspension } from '../future/suspension.ts'

/** What a scope is a function over: an async function, a generator function, or a coroutine function. */
export type ScopeBody<A, T> = (scope: A) => Generator<Suspension, T, never> | PromiseLike<T>
