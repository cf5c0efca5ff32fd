import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BEGUN_AT, FILE_BYTES, INTERRUPTS_AT } from '../wire/messages.ts'

let made = 0

/**
 * What a worker process and its pool tell each other without a message: one byte for each slot, 1 where
 * the call is to end, for a synchronous function hears of no message before it returns; and how many
 * calls have begun, which is there when the process is gone. The file has no name any more, and is gone
 * with the two who have it open.
 */
export class WorkerFile {
  readonly fd: number
  readonly #path: string
  #isClosed = false

  constructor() {
    made += 1
    this.#path = join(tmpdir(), `hocket-${process.pid}-${made}-${Date.now().toString(36)}`)
    this.fd = openSync(this.#path, 'wx+', 0o600)
    writeSync(this.fd, Buffer.alloc(FILE_BYTES), 0, FILE_BYTES, 0)
    this.#remove()
  }

  setInterrupted(slot: number, isInterrupted: boolean): void {
    if (!this.#isClosed)
      writeSync(this.fd, Buffer.of(isInterrupted ? 1 : 0), 0, 1, INTERRUPTS_AT + slot)
  }

  /** How many calls the process has noted as begun. */
  begun(): number {
    const bytes = Buffer.alloc(4)
    readSync(this.fd, bytes, 0, bytes.length, BEGUN_AT)
    return bytes.readUInt32LE()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeSync(this.fd)
    this.#remove()
  }

  /** Windows keeps the name of a file that is open, until the end. */
  #remove(): void {
    try {
      rmSync(this.#path, { force: true })
    } catch {
      // Then later.
    }
  }
}
