import { ensureFuture } from 'hocket'

/** The ways in which one program is written; only the first is in the repository. */
export const spellings = ['async', 'generator', 'alternating'] as const
export type Spelling = (typeof spellings)[number]

/** Those of the pairs: `hopping` is async with microtasks in between. */
export const pairSpellings = [...spellings, 'hopping'] as const
export type PairSpelling = (typeof pairSpellings)[number]

let turn = 0

/** Begins the alternation anew, so that every play of a program is the same. */
export function resetTurns(): void {
  turn = 0
}

/** Takes the other spelling of a function at every call, whichever function it was before. */
export function alternate<A extends unknown[], R>(
  asynchronous: (...args: A) => R,
  generator: (...args: A) => R,
): (...args: A) => R {
  return (...args) => {
    turn += 1
    return turn % 2 === 1 ? asynchronous(...args) : generator(...args)
  }
}

/** What `yield*` takes, for anything that stood behind an `await`. */
export function on(value: unknown): Iterable<unknown> {
  if (isIterable(value) && typeof value !== 'string' && !Array.isArray(value)) return value
  return ensureFuture(value as PromiseLike<unknown>) as unknown as Iterable<unknown>
}

/** `for await` of a generator: the iterator of an async iterable, or of a plain one. */
export function asyncIterator(value: AsyncIterable<unknown>): AsyncIterator<unknown> {
  return value[Symbol.asyncIterator]()
}

/** What `await using` does with a value at the end of its block; waits where there is what to wait for. */
export function* dispose(
  value: AsyncDisposable | Disposable | null,
): Generator<unknown, void, unknown> {
  if (value === null) return
  const returned =
    Symbol.asyncDispose in value ? value[Symbol.asyncDispose]() : value[Symbol.dispose]()
  if (returned !== undefined) yield* on(returned)
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
