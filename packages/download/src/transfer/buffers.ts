const BYTES = 512 * 1024
const MOST_FREE = 32

/** Memory that a run reads into, used again and again: making it anew would cost more than to fill it. */
export class Buffers {
  /** The size of each. */
  readonly bytes: number = BYTES
  private readonly free: Buffer[] = []

  take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(BYTES)
  }

  giveBack(buffer: Buffer): void {
    if (this.free.length < MOST_FREE) this.free.push(buffer)
  }
}
