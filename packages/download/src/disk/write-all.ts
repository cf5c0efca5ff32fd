import type { FileHandle } from 'node:fs/promises'

/** Writes all of it, however little the system takes at a time. */
export async function writeAll(
  handle: FileHandle,
  content: Uint8Array,
  position: number,
): Promise<void> {
  let written = 0
  while (written < content.length) {
    const left = content.length - written
    const { bytesWritten } = await handle.write(content, written, left, position + written)
    if (bytesWritten === 0) throw new Error(`expected ${left} bytes to be written, got none`)
    // A disk that is nearly full takes a part of it, and fails the next time.
    written += bytesWritten
  }
}
