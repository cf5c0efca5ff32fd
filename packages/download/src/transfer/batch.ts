import type { Future } from 'hocket'
import type { PartFile } from '../disk/part-file.ts'
import type { Job } from './job.ts'

const BATCH_BYTES = 512 * 1024

/**
 * What one reader has read and not written. Full batches go to the disk while the next one comes; a
 * reader is at most one batch ahead.
 */
export class Batch {
  private readonly job: Job
  private readonly part: PartFile
  private chunks: Uint8Array[] = []
  private bytes = 0
  private position: number
  private writing: Promise<void> | null = null

  constructor(job: Job, part: PartFile, position: number) {
    this.job = job
    this.part = part
    this.position = position
  }

  /** Where the next chunk goes. */
  get end(): number {
    return this.position + this.bytes
  }

  add(chunk: Uint8Array): void {
    this.chunks.push(chunk)
    this.bytes += chunk.length
  }

  get isFull(): boolean {
    return this.bytes >= BATCH_BYTES
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
    const { chunks, bytes, position } = this
    if (bytes === 0) {
      this.writing = null
      return
    }
    this.chunks = []
    this.bytes = 0
    this.position += bytes
    this.writing = this.part.write(chunks, bytes, position)
    // It is looked at later; until then it is nobody's.
    this.writing.catch(() => {})
  }
}
