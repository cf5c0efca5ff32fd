import { Future } from '../future/future.ts'
import { AbortableFuture } from '../future/promise-future.ts'
import type { Suspension } from '../future/suspension.ts'
import { getRunningLoop } from '../loop/running.ts'
import { type Awaitable, isAwaitable, isGenerator, iterate } from './awaitable.ts'
import { Coroutine } from './coroutine.ts'
import { both } from './error-chain.ts'
import type { Body } from './frame.ts'
import { callInCurrent } from './native-call.ts'

// Older engines have no symbols for disposal; a polyfill registers under these names.
const kAsyncDispose: symbol = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')
const kDispose: symbol = Symbol.dispose ?? Symbol.for('Symbol.dispose')

type Dispose = () => unknown

/** How `resource` is closed; undefined if it can't be. */
export function disposeOf(resource: unknown): Dispose | undefined {
  if (resource === null || resource === undefined) return () => {}
  const { [kAsyncDispose]: asyncDispose, [kDispose]: dispose } = resource as Record<symbol, Dispose>
  return asyncDispose ?? dispose
}

/** What `use` has opened in one frame, in order. */
export class Resources {
  readonly #opened: unknown[] = []

  push(resource: unknown): void {
    this.#opened.push(resource)
  }

  /** Closes them from the last to the first, then ends as the body of the frame has ended. */
  *close(outcome: unknown, isError: boolean): Body {
    let failed = isError
    let result = outcome
    for (const resource of this.#opened.reverse()) {
      try {
        const closing = callInCurrent(() => disposeOf(resource)?.call(resource))
        if (isAwaitable(closing)) yield* untilClosed(closing)
      } catch (error) {
        result = failed ? both(error, result) : error
        failed = true
      }
    }
    if (failed) throw result
    return result
  }
}

/** A promise can't be stopped: a cancellation is thrown when it has settled, not before. */
function untilClosed<T>(closing: Awaitable<T>): Iterable<Suspension, T, unknown> {
  if (closing instanceof Coroutine || closing instanceof Future || isGenerator(closing)) {
    return iterate(closing)
  }
  return new AbortableFuture<T>({ loop: getRunningLoop() }).start(() => closing)
}
