import type { ByteBuffer } from './byte-buffer.ts'
import { toBytes } from './bytes.ts'

/** Bytes, or a string for its UTF-8. */
export type Separator = Uint8Array | string

const newline = [Uint8Array.of(10)]

/** As bytes, the shortest first. */
export function parseSeparators(given: Separator | readonly Separator[]): readonly Uint8Array[] {
  if (given === '\n') return newline
  const list = (Array.isArray(given) ? given : [given]) as Separator[]
  if (list.length === 0) throw new RangeError('readuntil expected at least one separator, got none')
  const separators = list.map((separator) => toBytes(separator, 'readuntil'))
  if (separators.length > 1) separators.sort((a, b) => a.length - b.length)
  if ((separators[0] as Uint8Array).length === 0) {
    throw new RangeError('readuntil expected separators of at least one byte, got an empty one')
  }
  return separators
}

/** The match that ends first, at or after `from`; among those that end together, the shortest separator's. */
export function findSeparator(
  buffer: ByteBuffer,
  separators: readonly Uint8Array[],
  from: number,
): { start: number; end: number } | null {
  let start = -1
  let end = buffer.length + 1
  for (const separator of separators) {
    const found = buffer.find(separator, from, end - 1)
    if (found < 0) continue
    start = found
    end = found + separator.length
  }
  return start < 0 ? null : { start, end }
}
