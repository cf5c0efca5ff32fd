import { AsyncLocalStorage, AsyncResource, executionAsyncResource } from 'node:async_hooks'
import type { AsyncScope, StrandStorage } from '../host.ts'
import type { Strand } from '../running.ts'

const storage = new AsyncLocalStorage<Strand>()

/** The context of this module's load: that of programs which use no AsyncLocalStorage. */
const rootScope = new AsyncResource('hocket')

/**
 * AsyncLocalStorage: a thenable's `then` runs in the context of the function that awaits it.
 *
 * Entering a captured context costs a third of a generator step, and nearly every task is made where
 * no AsyncLocalStorage is in use. So loops run in the root context, and `capture` gives null where
 * there is nothing else to restore. How that shows differs between the two implementations that Node
 * has had; each is put to the test when this module is loaded, and where neither passes, every
 * capture is a real one.
 */
export const nodeStrands: StrandStorage = {
  run: (strand, fn) => storage.run(strand, fn),
  getStore: () => storage.getStore(),
  capture: chooseCapture(),
  root: rootScope,
}

function chooseCapture(): () => AsyncScope | null {
  const probe = new AsyncLocalStorage<number>()
  const candidates = [captureByFrame(), captureByStores]
  const found = candidates.find(
    (capture) => capture() === null && probe.run(1, capture) !== null && capture() === null,
  )
  probe.disable()
  return found ?? (() => new AsyncResource('hocket'))
}

/** Node 24 and newer keep all values in one frame, which a resource carries under a symbol. */
function captureByFrame(): () => AsyncScope | null {
  const symbols = Object.getOwnPropertySymbols(rootScope)
  const kFrame = symbols.find((symbol) => symbol.description === 'context_frame') ?? Symbol()
  const frameOf = (resource: object) => (resource as Record<symbol, unknown>)[kFrame]
  const rootFrame = frameOf(rootScope)
  return () => {
    const resource = new AsyncResource('hocket')
    const frame = frameOf(resource)
    if (frame === rootFrame) return null
    // The task of native code needs no restoring: a step knows its own.
    const isOursOnly = frame instanceof Map && frame.size === 1 && frame.has(storage)
    return isOursOnly && rootFrame === undefined ? null : resource
  }
}

/** Node 20 and 22 keep each value in a property of the resource that is executing. */
function captureByStores(): AsyncScope | null {
  const executing = executionAsyncResource() as Record<symbol, unknown>
  const root = rootScope as unknown as Record<symbol, unknown>
  for (const symbol of Object.getOwnPropertySymbols(executing)) {
    if (symbol.description !== 'kResourceStore') continue
    const value = executing[symbol]
    if (value !== root[symbol] && value !== storage.getStore()) return new AsyncResource('hocket')
  }
  return null
}
