import { KeyObject, X509Certificate } from 'node:crypto'
import { BlockList, SocketAddress } from 'node:net'
import { MessagePort } from 'node:worker_threads'

/**
 * What becomes of an object of a built-in class when it is copied: `leaf` arrives as it is; `refused`
 * makes the copy fail; `emptied` arrives as `{}`, which is refused as well; `handed` is never copied,
 * only handed over; `local` is copied between threads but not between processes.
 */
export type Kind =
  | ('leaf' | 'map' | 'set' | 'buffer' | 'view' | 'shared' | 'error')
  | ('refused' | 'emptied' | 'handed' | 'local')

const kinds = new Map<object, Kind>()

function are(kind: Kind, ...classes: readonly unknown[]): void {
  for (const each of classes) {
    const prototype = (each as { prototype?: unknown } | undefined)?.prototype
    if (typeof prototype === 'object' && prototype !== null) kinds.set(prototype, kind)
  }
}

const globals = globalThis as Readonly<Record<string, unknown>>

/** Classes that only some versions of Node have. */
function named(...names: readonly string[]): readonly unknown[] {
  return names.map((name) => globals[name])
}

const wasm = globals['WebAssembly'] as Readonly<Record<string, unknown>> | undefined

are('leaf', Date, RegExp, Boolean, Number, String, BigInt)
are('map', Map)
are('set', Set)
are('buffer', ArrayBuffer)
are('shared', SharedArrayBuffer)
are('view', DataView, Object.getPrototypeOf(Uint8Array))
are('error', Error, DOMException)
are('refused', Promise, WeakMap, WeakSet, WeakRef, FinalizationRegistry, Symbol)
for (const name of Object.getOwnPropertyNames(Intl)) {
  are('refused', (Intl as unknown as Readonly<Record<string, unknown>>)[name])
}
are('refused', wasm?.['Memory'], wasm?.['Instance'], wasm?.['Table'])
are('emptied', ...named('URL', 'URLSearchParams', 'Headers', 'FormData', 'Request', 'Response'))
are('emptied', ...named('AbortSignal', 'AbortController', 'TextDecoder', 'TextEncoder'))
are('handed', MessagePort)
are('handed', ...named('ReadableStream', 'WritableStream', 'TransformStream'))
are('local', KeyObject, X509Certificate, BlockList, SocketAddress, wasm?.['Module'])
are('local', ...named('Blob', 'File', 'CryptoKey', 'Histogram'))

for (const iterator of [new Map().keys(), new Set().keys(), [].keys(), ''[Symbol.iterator]()]) {
  kinds.set(Object.getPrototypeOf(iterator) as object, 'refused')
}
for (const fn of [function* () {}, async function* () {}]) {
  // What all generator objects of that sort inherit from.
  kinds.set(Object.getPrototypeOf(fn.prototype) as object, 'refused')
}

/**
 * What `value` is by the nearest of its ancestors that is built in; undefined for an instance of a
 * user's class, whose own properties are copied into a plain object.
 */
export function kindOf(prototype: object): Kind | undefined {
  let each: object | null = prototype
  while (each !== null) {
    const kind = kinds.get(each)
    if (kind !== undefined) return kind
    each = Object.getPrototypeOf(each) as object | null
  }
  return undefined
}
