import { type EventLoop, type Future, RuntimeError, type Suspension } from 'hocket'
import { Deque } from 'hocket/lowlevel'
import { CLOSED_MESSAGE, CLOSING_MESSAGE, sizeOf, type WSMessage } from './ws-message.ts'

/** Nothing is read from the network while there is more than this to be taken. */
const MOST_BYTES = 64 * 1024
const MOST_MESSAGES = 64

/** The messages that have come and that nobody has taken yet. One task at a time waits for the next. */
export class Inbox {
  readonly #loop: EventLoop
  readonly #messages: Deque<WSMessage> = new Deque()
  readonly #pause: (isPaused: boolean) => void
  #bytes = 0
  #isPaused = false
  #receiver: Future<void> | null = null
  #isReceiving = false
  #isShut = false
  #hasEnded = false

  constructor(loop: EventLoop, pause: (isPaused: boolean) => void) {
    this.#loop = loop
    this.#pause = pause
  }

  push(message: WSMessage): void {
    if (this.#isShut) return
    this.#messages.push(message)
    this.#bytes += sizeOf(message)
    this.#setPaused(this.#bytes > MOST_BYTES || this.#messages.length > MOST_MESSAGES)
    this.#wake()
  }

  /** Nothing will come any more. */
  end(): void {
    this.#hasEnded = true
    this.#wake()
  }

  /** Drops what is there, and takes no more. Who waits is told that this side is closing. */
  shut(): void {
    this.#isShut = true
    this.#messages.clear()
    this.#bytes = 0
    // The end of the connection comes behind what is not read.
    this.#setPaused(false)
    this.#wake()
  }

  /** @throws {@link RuntimeError} if somebody else is receiving */
  *receive(): Generator<Suspension, WSMessage, unknown> {
    if (this.#isReceiving) {
      throw new RuntimeError(
        'receive() was called while another task is receiving: let one task receive, and hand on by a Queue',
        { code: 'ERR_HTTP_RECEIVING' },
      )
    }
    this.#isReceiving = true
    const wasOpen = !this.#isShut
    try {
      while (this.#messages.length === 0 && !this.#hasEnded && !this.#isShut) {
        this.#receiver = this.#loop.createFuture<void>()
        yield* this.#receiver
      }
    } finally {
      this.#receiver = null
      this.#isReceiving = false
    }
    if (this.#isShut) return wasOpen ? CLOSING_MESSAGE : CLOSED_MESSAGE
    return this.#take()
  }

  #take(): WSMessage {
    if (this.#messages.length === 0) return CLOSED_MESSAGE
    const message = this.#messages.shift()
    this.#bytes -= sizeOf(message)
    if (this.#bytes <= MOST_BYTES / 2 && this.#messages.length <= MOST_MESSAGES / 2) {
      this.#setPaused(false)
    }
    return message
  }

  #setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return
    this.#isPaused = isPaused
    this.#pause(isPaused)
  }

  #wake(): void {
    const receiver = this.#receiver
    if (receiver !== null && !receiver.done() && !this.#loop.isClosed()) receiver.setResult()
  }
}
