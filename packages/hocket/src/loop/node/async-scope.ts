import { AsyncLocalStorage, AsyncResource, executionAsyncResource } from 'node:async_hooks'
import type { AsyncScope, StrandStorage } from '../host.ts'
import type { Strand } from '../running.ts'
import { createHop } from './hop.ts'

const storage = new AsyncLocalStorage<Strand>()

/** The context of this module's load: that of programs which use no AsyncLocalStorage. */
const rootScope = new AsyncResource('hocket')

/** Not looked up in the root resource, whose prototype may be a proxy. */
const enter = AsyncResource.prototype.runInAsyncScope

/** What an `enterWith` has left in the root context, where it is kept in properties. */
let clearRoot = (): void => {}

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
  run: (strand, start) => storage.run(strand, call, start),
  getStore: () => storage.getStore(),
  runInRoot,
  ...chooseByNode(),
}

function runInRoot(fn: (this: unknown) => void, self: unknown): void {
  enter.call(rootScope, fn, self)
  clearRoot()
}

function call(start: { _call(): unknown }): unknown {
  return start._call()
}

/** What depends on how this Node keeps the values. */
function chooseByNode(): Pick<StrandStorage, 'capture' | 'createHop'> {
  const probe = new AsyncLocalStorage<number>()
  const works = (capture: () => AsyncScope | null) =>
    rootScope.runInAsyncScope(
      () => capture() === null && probe.run(1, capture) !== null && capture() === null,
    )
  try {
    const byFrame = captureByFrame()
    if (works(byFrame)) return { capture: byFrame }
    const byStores = captureByStores()
    if (works(byStores)) return { capture: byStores, createHop }
    return { capture: () => new AsyncResource('hocket') }
  } finally {
    probe.disable()
  }
}

/**
 * Node 24 and newer keep all values in one map, which a resource carries under a symbol. After a
 * `run` the map stays, with undefined in the place of the value.
 */
function captureByFrame(): () => AsyncScope | null {
  const symbols = Object.getOwnPropertySymbols(rootScope)
  const kFrame = symbols.find((symbol) => symbol.description === 'context_frame') ?? Symbol()
  const frameOf = (resource: object) =>
    (resource as Record<symbol, unknown>)[kFrame] as Map<unknown, unknown> | undefined
  const rootFrame = frameOf(rootScope)
  return () => {
    const resource = new AsyncResource('hocket')
    const frame = frameOf(resource)
    if (frame === rootFrame) return null
    if (frame === undefined) return resource
    for (const [key, value] of frame) {
      // The task of native code needs no restoring: a step knows its own.
      if (key !== storage && value !== rootFrame?.get(key)) return resource
    }
    return null
  }
}

/**
 * Node 20 and 22 keep each value in a property of the resource that is executing. Listing symbols
 * takes longer than a step, so the root resource tells of each new one by itself: its prototype
 * makes it a property of its own when it is first asked for or set.
 */
function captureByStores(): () => AsyncScope | null {
  const root = rootScope as unknown as Record<symbol, unknown>
  const own = findOwnStore()
  // The task of native code needs no restoring: a step knows its own.
  const isStore = (key: string | symbol): key is symbol =>
    typeof key === 'symbol' && key !== own && key.description === 'kResourceStore'
  const known: symbol[] = []
  const baseline: unknown[] = []
  const learn = (symbol: symbol, value: unknown) => {
    known.push(symbol)
    baseline.push(value)
  }
  for (const symbol of Object.getOwnPropertySymbols(root))
    if (isStore(symbol)) learn(symbol, root[symbol])
  const define = (key: string | symbol, value: unknown) => {
    if (isStore(key)) learn(key, undefined)
    return Reflect.defineProperty(root, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  Object.setPrototypeOf(
    rootScope,
    new Proxy(AsyncResource.prototype, {
      get(target, key, receiver) {
        // Node looks up another symbol of its own with each executionAsyncResource().
        if (typeof key === 'symbol') define(key, undefined)
        return Reflect.get(target, key, receiver)
      },
      set: (_target, key, value) => define(key, value),
    }),
  )
  clearRoot = () => {
    for (let i = 0; i < known.length; i += 1) {
      const store = known[i] as symbol
      if (root[store] !== baseline[i]) root[store] = baseline[i]
    }
  }
  return () => {
    const executing = executionAsyncResource() as Record<symbol, unknown>
    const stores =
      executing === root ? known : Object.getOwnPropertySymbols(executing).filter(isStore)
    for (const store of stores) {
      if (executing[store] !== baseline[known.indexOf(store)]) return new AsyncResource('hocket')
    }
    return null
  }
}

/** The property in which the task itself is kept. */
function findOwnStore(): symbol | undefined {
  const probe = {} as Strand
  return storage.run(probe, () => {
    const executing = executionAsyncResource() as Record<symbol, unknown>
    return Object.getOwnPropertySymbols(executing).find((symbol) => executing[symbol] === probe)
  })
}
