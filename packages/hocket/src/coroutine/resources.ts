import type { Body } from './frame.ts'
import { isAwaitable, iterate } from './awaitable.ts'

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

/** Closes `resources` from the last to the first, then ends as the body has ended. */
export function* closeResources(resources: unknown[], outcome: unknown, isError: boolean): Body {
  let failed = isError
  let result = outcome
  for (const resource of resources.reverse()) {
    try {
      const closing = disposeOf(resource)?.call(resource)
      if (isAwaitable(closing)) yield* iterate(closing)
    } catch (error) {
      result = failed ? suppressing(error, result) : error
      failed = true
    }
  }
  if (failed) throw result
  return result
}

/** What `using` throws when closing fails after the body has failed. */
function suppressing(error: unknown, suppressed: unknown): Error {
  const both = new Error('closing a resource failed after the coroutine had failed')
  return Object.assign(both, { name: 'SuppressedError', error, suppressed })
}
