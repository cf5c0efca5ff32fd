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
  // How much of the buffer is used. The first batch is half of one, so that those behind it do not begin
  // at multiples of their size: Linux would keep each as one block of memory, and blocks of 512 KiB are
  // what a virtual machine has to ask its host for, page by page. 1 GiB is written in 0.3 s, not 1.5.
  private share = 0.5
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
    const end = Math.min(this.bytes + most, this.buffer.length * this.share)
    return this.buffer.subarray(this.bytes, end)
  }

  /** So many bytes have been put there. */
  filled(bytes: number): void {
    this.bytes += bytes
  }

  get isFull(): boolean {
    return this.buffer !== null && this.bytes === this.buffer.length * this.share
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
    this.share = 1
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
