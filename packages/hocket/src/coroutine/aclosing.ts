import { describe } from '../loop/checks.ts'
import type { Awaitable } from './awaitable.ts'
import { callBody } from './call-body.ts'
import { AbstractAsyncContextManager, type ContextBody } from './context-manager.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'

/** What `aclosing` takes: an async generator, ours or a foreign one, or anything with `aclose()`. */
export type Closeable =
  | { aclose(): Awaitable<unknown> }
  | { return(value: never): Awaitable<unknown> }

/** Closes `thing` when it is left. See {@link aclosing}. */
export class Aclosing<T extends Closeable>
  extends AbstractAsyncContextManager<T>
  implements AsyncDisposable
{
  readonly thing: T

  /** @internal */
  constructor(thing: T) {
    super()
    this.thing = thing
  }

  aenter(): T {
    return this.thing
  }

  aexit(): Coroutine<void> {
    return close(this.thing)
  }

  override run<R>(body: ContextBody<T, R>): Coroutine<R> {
    return super.run(body) as Coroutine<R>
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    return close(this.thing)
  }
}

const close = coroutine(function* close(thing: Closeable) {
  yield* callBody(
    () => ('aclose' in thing ? thing.aclose() : thing.return(undefined as never)),
    'aclose',
  )
})

/**
 * Closes `thing` by its `aclose()`, or by its `return()`, at the end of a block: `await using`, `use()`,
 * `run(body)`, or in an {@link AsyncExitStack}. Where a generator is not iterated by `for await` to its
 * end, nothing else closes it in time. contextlib.aclosing, CPython 3.13.
 *
 * @throws {@link TypeError} if it has neither
 *
 * @example
 * ```ts
 * const events: string[] = []
 * const lines = asyncGenerator(async function* () {
 *   try {
 *     yield 'first'
 *     yield 'second'
 *   } finally {
 *     events.push('closed')
 *   }
 * })
 * await run(aclosing(lines()).run(async (agen) => await anext(agen))) // => 'first'
 * events // => ['closed']
 * ```
 */
export function aclosing<T extends Closeable>(thing: T): Aclosing<T> {
  const { aclose, return: end } = (thing ?? {}) as { aclose?: unknown; return?: unknown }
  if (typeof aclose !== 'function' && typeof end !== 'function') {
    throw new TypeError(
      `aclosing() expected something with aclose() or return(), such as an async generator, got ${describe(thing)}`,
    )
  }
  return new Aclosing(thing)
}
