const BYTES = 512 * 1024
const MOST_FREE = 8

/** The memory of all batches of a run, used again and again: making it anew would cost more than to fill it. */
export class BatchBuffers {
  private readonly free: Uint8Array[] = []

  take(): Uint8Array {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(BYTES)
  }

  giveBack(buffer: Uint8Array): void {
    if (this.free.length < MOST_FREE) this.free.push(buffer)
  }
}
