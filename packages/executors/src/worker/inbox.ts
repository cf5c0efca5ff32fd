import { Deque } from 'hocket/lowlevel'
import { CALL_STRIDE, FIRST_CALL, type Requests } from '../wire/messages.ts'

const NOTHING: unknown[] = []

/** The calls that a worker has not begun, as they came: many in a message. */
export class Inbox {
  readonly #messages = new Deque<unknown[]>()
  #calls = NOTHING
  #index = 0
  /** How many calls there are. */
  length = 0

  push(message: Requests): void {
    const count = (message.length - FIRST_CALL) / CALL_STRIDE
    if (count === 0) return
    if (this.length > 0) this.#messages.push(message)
    else {
      this.#calls = message
      this.#index = FIRST_CALL
    }
    this.length += count
  }

  /** Of the first call. */
  get slot(): number {
    return this.#calls[this.#index] as number
  }

  get functionId(): number {
    return this.#calls[this.#index + 1] as number
  }

  get args(): unknown[] {
    return this.#calls[this.#index + 2] as unknown[]
  }

  get kind(): number {
    return this.#calls[this.#index + 3] as number
  }

  /** Drops the first call. */
  shift(): void {
    // The message may stay for long, and what it has is large.
    this.#calls[this.#index + 2] = undefined
    this.#index += CALL_STRIDE
    this.length -= 1
    if (this.#index < this.#calls.length) return
    this.#calls = this.length > 0 ? this.#messages.shift() : NOTHING
    this.#index = FIRST_CALL
  }
}
