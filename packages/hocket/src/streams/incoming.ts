import { RuntimeError } from '../errors/errors.ts'
import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { ByteBuffer } from './byte-buffer.ts'
import { News, waitForNews } from './news.ts'
import type { Transport } from './transport.ts'

/** What has arrived at a reader, who waits for more, and when the transport has to pause. */
export class Incoming {
  readonly loop: EventLoop
  readonly limit: number
  readonly buffer: ByteBuffer = new ByteBuffer()
  isAtEnd = false
  exception: unknown = null
  transport: Transport | null = null
  isPaused = false
  #waiter: News | null = null

  constructor(loop: EventLoop, limit: number) {
    this.loop = loop
    this.limit = limit
  }

  get isAwaited(): boolean {
    return this.#waiter !== null
  }

  push(data: Uint8Array): void {
    this.buffer.push(data)
    this.#wake()
    if (this.transport === null || this.isPaused) return
    if (this.buffer.length <= 2 * this.limit) return
    this.transport.pauseReading()
    this.isPaused = true
  }

  end(): void {
    this.isAtEnd = true
    this.#wake()
  }

  fail(exception: unknown): void {
    this.exception = exception
    const waiter = this.#waiter
    this.#waiter = null
    if (waiter !== null && !waiter.cancelled()) waiter.setException(exception)
  }

  check(): void {
    if (this.exception !== null) throw this.exception as Error
  }

  /** Waits for more bytes, the end or a failure. What is buffered stays, whatever happens here. */
  *wait(method: string): Generator<Suspension, void, unknown> {
    // With two it would be open who gets the next bytes.
    if (this.#waiter !== null) {
      throw new RuntimeError(
        `${method}() was called while another coroutine waits for data of this StreamReader: let one coroutine read, or take turns by a Lock`,
      )
    }
    // Nobody would ever resume it, where more is wanted than the limit lets in.
    this.#resume()
    this.#waiter = new News(this.loop, 'data of a StreamReader')
    try {
      yield* waitForNews(this.#waiter, this.transport)
    } finally {
      this.#waiter = null
    }
  }

  /** Bytes have been taken: there may be room for more. */
  taken(): void {
    if (this.buffer.length <= this.limit) this.#resume()
  }

  #resume(): void {
    if (!this.isPaused) return
    this.isPaused = false
    this.transport?.resumeReading()
  }

  #wake(): void {
    const waiter = this.#waiter
    this.#waiter = null
    if (waiter !== null && !waiter.cancelled()) waiter.setResult()
  }
}
