import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

const BLOCK_BYTES = 1024 * 1024

/** The hash, in hexadecimal, of the first `size` bytes as they stand in the file. */
export async function hashFile(
  handle: FileHandle,
  size: number,
  algorithm: string,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash(algorithm)
  const blocks = [Buffer.allocUnsafe(BLOCK_BYTES), Buffer.allocUnsafe(BLOCK_BYTES)]
  let at = 0
  const read = (turn: number, from: number) =>
    handle.read(blocks[turn] as Buffer, 0, Math.min(BLOCK_BYTES, size - from), from)
  // One block is read while the other one is hashed.
  let coming = at < size ? read(0, 0) : null
  for (let turn = 0; coming !== null; turn = 1 - turn) {
    const { bytesRead } = await coming
    signal?.throwIfAborted()
    if (bytesRead === 0) throw new Error(`expected ${size} bytes to be hashed, got ${at}`)
    at += bytesRead
    coming = at < size ? read(1 - turn, at) : null
    hash.update((blocks[turn] as Buffer).subarray(0, bytesRead))
  }
  return hash.digest('hex')
}

/** The same of the file at a path. */
export async function hashOf(
  path: string,
  size: number,
  algorithm: string,
  signal?: AbortSignal,
): Promise<string> {
  const handle = await open(path, 'r')
  try {
    return await hashFile(handle, size, algorithm, signal)
  } finally {
    await handle.close()
  }
}
