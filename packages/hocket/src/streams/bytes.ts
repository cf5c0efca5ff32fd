import { describe } from '../loop/checks.ts'

const encoder = new TextEncoder()
const kPlain = Uint8Array.prototype

/** A plain Uint8Array over the same memory: Node's Buffer differs in `slice()` and more. */
export function checkBytes(data: unknown, method: string, expected = 'a Uint8Array'): Uint8Array {
  if (typeof data === 'object' && data !== null && Object.getPrototypeOf(data) === kPlain) {
    return data as Uint8Array
  }
  // By its tag, since it may be of another realm.
  if (ArrayBuffer.isView(data) && Object.prototype.toString.call(data) === '[object Uint8Array]') {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  }
  throw new TypeError(`${method} expected ${expected}, got ${describe(data)}`)
}

/** What may be given where bytes are asked for: a string stands for its UTF-8. */
export function toBytes(data: Uint8Array | string, method: string): Uint8Array {
  if (typeof data === 'string') return encoder.encode(data)
  return checkBytes(data, method, 'a Uint8Array or a string')
}

export function concatBytes(list: readonly Uint8Array[]): Uint8Array {
  if (list.length === 1) return list[0] as Uint8Array
  let length = 0
  for (const { length: more } of list) length += more
  const all = new Uint8Array(length)
  let filled = 0
  for (const bytes of list) {
    all.set(bytes, filled)
    filled += bytes.length
  }
  return all
}
