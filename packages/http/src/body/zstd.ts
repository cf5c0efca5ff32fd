import type { Transform } from 'node:stream'
import zlib from 'node:zlib'

interface Zstd {
  readonly createZstdDecompress: () => Transform
  zstdDecompressSync(bytes: Uint8Array, options: zlib.ZlibOptions): Buffer<ArrayBuffer>
}

/** Node has it from 22.15 and 23.8 on; null before. */
export const zstd: Zstd | null = 'createZstdDecompress' in zlib ? (zlib as unknown as Zstd) : null
