import { Deque } from 'hocket/lowlevel'
import { CALL_STRIDE } from '../wire/messages.ts'

const NOTHING: unknown[] = []

/** The calls that a worker has not begun, as they came: many in a message. */
export class Inbox {
  readonly #messages = new Deque<unknown[]>()
  #calls = NOTHING
  #index = 0
  /** How many calls there are. */
  length = 0

  push(calls: unknown[]): void {
    if (calls.length === 0) return
    if (this.length > 0) this.#messages.push(calls)
    else {
      this.#calls = calls
      this.#index = 0
    }
    this.length += calls.length / CALL_STRIDE
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
    this.#index = 0
  }
}
