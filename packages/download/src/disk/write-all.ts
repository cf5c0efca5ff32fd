import type { FileHandle } from 'node:fs/promises'

/** Writes all of the chunks, however little the system takes at a time. */
export async function writeAll(
  handle: FileHandle,
  chunks: Uint8Array[],
  bytes: number,
  position: number,
): Promise<void> {
  let rest = chunks
  let left = bytes
  let at = position
  while (left > 0) {
    const { bytesWritten } =
      rest.length === 1
        ? await handle.write(rest[0] as Uint8Array, 0, left, at)
        : await handle.writev(rest, at)
    if (bytesWritten === 0) throw new Error(`expected ${left} bytes to be written, got none`)
    left -= bytesWritten
    at += bytesWritten
    // A disk that is nearly full takes a part of it, and fails the next time.
    if (left > 0) rest = skip(rest, bytesWritten)
  }
}

function skip(chunks: Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes
  let index = 0
  while (left >= (chunks[index] as Uint8Array).length) {
    left -= (chunks[index] as Uint8Array).length
    index += 1
  }
  return [(chunks[index] as Uint8Array).subarray(left), ...chunks.slice(index + 1)]
}
