import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SLOTS } from '../wire/messages.ts'

let made = 0

/**
 * One byte for each slot of a worker process, 1 where the call is to end: what a synchronous function
 * can see, which hears of no message before it returns. The file has no name any more, and is gone with
 * the two who have it open.
 */
export class InterruptFile {
  readonly fd: number
  readonly #path: string
  #isClosed = false

  constructor() {
    made += 1
    this.#path = join(tmpdir(), `hocket-${process.pid}-${made}-${Date.now().toString(36)}`)
    this.fd = openSync(this.#path, 'wx+', 0o600)
    writeSync(this.fd, Buffer.alloc(SLOTS), 0, SLOTS, 0)
    this.#remove()
  }

  set(slot: number, isInterrupted: boolean): void {
    if (!this.#isClosed) writeSync(this.fd, Buffer.of(isInterrupted ? 1 : 0), 0, 1, slot)
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
