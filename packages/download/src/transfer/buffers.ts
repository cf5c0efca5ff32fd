const LEAST_BYTES = 16 * 1024
const MOST_BYTES = 512 * 1024
const MOST_FREE_BYTES = 4 * 1024 * 1024

/**
 * Memory that a run reads into, used again and again: making it anew would cost more than to fill it.
 * Its sizes are powers of two.
 */
export class Buffers {
  private readonly free: Map<number, Buffer[]> = new Map()
  private freeBytes = 0

  /** The largest there is. */
  takeLarge(): Buffer {
    return this.take(MOST_BYTES)
  }

  /** One for `bytes` at least; one of that size, which is new, where there are none such. */
  take(bytes: number): Buffer {
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) return Buffer.allocUnsafe(bytes)
    const size = 2 ** Math.ceil(Math.log2(bytes))
    const found = this.free.get(size)?.pop()
    if (found === undefined) return Buffer.allocUnsafeSlow(size)
    this.freeBytes -= size
    return found
  }

  /** Nobody looks at it any more. */
  giveBack(buffer: Buffer): void {
    const size = buffer.length
    if (size < LEAST_BYTES || size > MOST_BYTES) return
    if (this.freeBytes + size > MOST_FREE_BYTES) return
    this.freeBytes += size
    const list = this.free.get(size)
    if (list === undefined) this.free.set(size, [buffer])
    else list.push(buffer)
  }
}
