import type { EventLoop, TimerHandle } from 'hocket'

/** What a heartbeat does to a connection. */
export interface Beating {
  ping(): void
  /** No answer in time. */
  stop(): void
}

/**
 * Pings a connection that is silent, and gives it up if it stays so. As aiohttp does: a ping after
 * `interval` ms without a frame, and half of that again for the answer.
 */
export class Heartbeat {
  /** Nothing that has come is kept back: a pong would have been seen. */
  isReading = true
  readonly #loop: EventLoop
  readonly #interval: number
  readonly #connection: Beating
  #timer: TimerHandle | null = null
  #due = 0
  #heard = 0
  #isAsking = false

  constructor(loop: EventLoop, interval: number, connection: Beating) {
    this.#loop = loop
    this.#interval = interval
    this.#connection = connection
  }

  start(): void {
    this.touch()
    this.#wait(this.#interval)
  }

  /** A frame has come. The timer looks when it is due: moving it each time would cost more than a frame. */
  touch(): void {
    this.#heard = this.#loop.time()
    this.#isAsking = false
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  #wait(delay: number): void {
    if (this.#loop.isClosed()) return
    this.#due = this.#loop.time() + delay
    this.#timer = this.#loop.callLater(delay, () => this.#beat())
  }

  #beat(): void {
    const half = this.#interval / 2
    const now = this.#loop.time()
    if (!this.#isAsking) {
      const silence = now - this.#heard
      if (silence < this.#interval) {
        this.#wait(this.#interval - silence)
        return
      }
    } else if (this.isReading && now - this.#due < half) {
      this.stop()
      this.#connection.stop()
      return
    }
    // Also where nobody has read, or the loop was held up: the answer may be there already.
    this.#isAsking = true
    this.#connection.ping()
    this.#wait(half)
  }
}
