import { createRequire } from 'node:module'
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

/** By prototype; null for classes of the user. */
const kinds = new WeakMap<object, Kind | null>()

/** Classes that are loaded when they are first asked for: they are known by name until one is met. */
const byName = new Map<string, { readonly kind: Kind; readonly find: () => unknown }>()

function are(kind: Kind, ...classes: readonly unknown[]): void {
  for (const each of classes) {
    const prototype = prototypeOf(each)
    if (typeof prototype === 'object' && prototype !== null) kinds.set(prototype, kind)
  }
}

const globals = globalThis as Readonly<Record<string, unknown>>

function areGlobals(kind: Kind, ...names: readonly string[]): void {
  for (const name of names) byName.set(name, { kind, find: () => globals[name] })
}

const require = createRequire(import.meta.url)

function areOfCrypto(kind: Kind, ...names: readonly ('KeyObject' | 'X509Certificate')[]): void {
  for (const name of names) {
    const find = () => (require('node:crypto') as typeof import('node:crypto'))[name]
    byName.set(name, { kind, find })
  }
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
are('emptied', URL, URLSearchParams)
areGlobals('emptied', 'Headers', 'FormData', 'Request', 'Response')
areGlobals('emptied', 'AbortSignal', 'AbortController', 'TextDecoder', 'TextEncoder')
are('handed', MessagePort)
areGlobals('handed', 'ReadableStream', 'WritableStream', 'TransformStream')
are('local', BlockList, SocketAddress, wasm?.['Module'])
areGlobals('local', 'Blob', 'File', 'CryptoKey')
areOfCrypto('local', 'KeyObject', 'X509Certificate')

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
  let kind = kinds.get(prototype)
  if (kind === undefined) {
    kind = kindByName(prototype) ?? inheritedKind(prototype) ?? null
    kinds.set(prototype, kind)
  }
  return kind ?? undefined
}

function inheritedKind(prototype: object): Kind | undefined {
  const parent = Object.getPrototypeOf(prototype) as object | null
  return parent === null ? undefined : kindOf(parent)
}

function kindByName(prototype: object): Kind | undefined {
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  const known = typeof made === 'function' ? byName.get(made.name) : undefined
  return known !== undefined && prototypeOf(known.find()) === prototype ? known.kind : undefined
}

function prototypeOf(made: unknown): unknown {
  return (made as { prototype?: unknown } | undefined)?.prototype
}
