import { type Awaitable, ensureFuture, type Suspension } from 'hocket'

export type Spelling = 'async' | 'generator'

/** A body that yields what it awaits, to be spelled either way. */
// biome-ignore lint/suspicious/noExplicitAny: what a yield gives depends on what was yielded
export type Source<A extends unknown[], T> = (...args: A) => Generator<Awaitable<unknown>, T, any>

/** The four ways in which a scope can stand in the code around it, and its body in the scope. */
export const spellings: { outer: Spelling; inner: Spelling }[] = [
  { outer: 'async', inner: 'async' },
  { outer: 'async', inner: 'generator' },
  { outer: 'generator', inner: 'async' },
  { outer: 'generator', inner: 'generator' },
]

/** `source` as an async function that awaits, or as a generator function that says `yield*`. */
export function spell<A extends unknown[], T>(
  spelling: Spelling,
  source: Source<A, T>,
): (...args: A) => Generator<Suspension, T, never> | Promise<T> {
  return spelling === 'async'
    ? async (...args) => await playAsync(source(...args))
    : function* spelled(...args): Generator<Suspension, T, never> {
        return yield* playGenerator(source(...args))
      }
}

async function playAsync<T>(body: Generator<Awaitable<unknown>, T, unknown>): Promise<T> {
  let result = body.next()
  while (result.done !== true) {
    let value: unknown
    try {
      value = await result.value
    } catch (error) {
      result = body.throw(error)
      continue
    }
    result = body.next(value)
  }
  return result.value
}

function* playGenerator<T>(
  body: Generator<Awaitable<unknown>, T, unknown>,
): Generator<Suspension, T, never> {
  let result = body.next()
  while (result.done !== true) {
    let value: unknown
    try {
      value = yield* on(result.value)
    } catch (error) {
      result = body.throw(error)
      continue
    }
    result = body.next(value)
  }
  return result.value
}

function on(awaitable: Awaitable<unknown>): Iterable<Suspension, unknown, unknown> {
  return Symbol.iterator in awaitable
    ? (awaitable as Iterable<Suspension, unknown, unknown>)
    : ensureFuture(awaitable)
}
