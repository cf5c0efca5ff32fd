import type { Future } from 'hocket'
import type { PartFile } from '../disk/part-file.ts'
import type { Job } from './job.ts'

/**
 * What one reader has read and not written. Full batches go to the disk while the next one comes; a
 * reader is at most one batch ahead.
 */
export class Batch {
  private readonly job: Job
  private readonly part: PartFile
  private buffer: Buffer | null = null
  private bytes = 0
  private position: number
  private writing: Promise<void> | null = null

  constructor(job: Job, part: PartFile, position: number) {
    this.job = job
    this.part = part
    this.position = position
  }

  /** Where the next byte goes. */
  get end(): number {
    return this.position + this.bytes
  }

  /** What the next bytes are put into, room for `most` of them at the most; there is some unless it is full. */
  room(most: number): Uint8Array {
    this.buffer ??= this.job.run.buffers.takeLarge()
    return this.buffer.subarray(this.bytes, this.bytes + most)
  }

  /** So many bytes have been put there. */
  filled(bytes: number): void {
    this.bytes += bytes
  }

  get isFull(): boolean {
    return this.buffer?.length === this.bytes
  }

  /** Waits for the write before this one, and begins this one. */
  flush(): Future<void> {
    return this.job.onDisk(async () => {
      await this.writing
      this.begin()
    })
  }

  /** Writes all there is, and waits for it. */
  finish(): Future<void> {
    return this.job.onDisk(async () => {
      await this.writing
      this.begin()
      await this.writing
    })
  }

  /** Brings what is here to the disk, if that can be; for when the reader has failed. Never rejects. */
  async rescue(): Promise<void> {
    try {
      await this.writing
      this.begin()
      await this.writing
    } catch {}
  }

  private begin(): void {
    this.writing = null
    const { buffer, bytes, position } = this
    if (buffer === null) return
    this.buffer = null
    this.bytes = 0
    this.position += bytes
    this.writing = this.write(buffer, bytes, position)
    // It is looked at later; until then it is nobody's.
    this.writing.catch(() => {})
  }

  private async write(buffer: Buffer, bytes: number, position: number): Promise<void> {
    try {
      if (bytes > 0) await this.part.write(buffer.subarray(0, bytes), position)
    } finally {
      this.job.run.buffers.giveBack(buffer)
    }
  }
}
