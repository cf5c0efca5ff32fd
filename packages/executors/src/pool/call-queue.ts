import { Deque } from 'hocket/lowlevel'
import type { Call, CallOwner } from './call.ts'

/** More cancelled calls than that are taken out, if they are half of the queue. */
const MANY_DROPPED = 1024

/** What a queue tells its pool. */
export interface QueueOwner {
  _settled(): void
  _block(call: Call<unknown>, timeout: number | null): void
}

/** The calls that wait for a worker, in the order in which they are to begin. */
export class CallQueue implements CallOwner {
  readonly #owner: QueueOwner
  #calls = new Deque<Call<unknown>>()
  // Calls that a worker had and has not begun come first; the last one of these is the next.
  readonly #returned: Call<unknown>[] = []
  // Those that were cancelled stay where they are until they are the next.
  #dropped = 0

  constructor(owner: QueueOwner) {
    this.#owner = owner
  }

  /** How many wait. */
  get length(): number {
    return this.#calls.length + this.#returned.length - this.#dropped
  }

  push(call: Call<unknown>): void {
    this.#calls.push(call)
  }

  /** Puts calls before all others, in their order. */
  putBack(calls: readonly Call<unknown>[]): void {
    for (const call of calls.toReversed()) {
      call._requeue(this)
      this.#returned.push(call)
    }
  }

  /** The next one, which stays; null if there is none. */
  peek(): Call<unknown> | null {
    for (;;) {
      const returned = this.#returned[this.#returned.length - 1]
      if (returned === undefined && this.#calls.length === 0) return null
      const call = returned ?? this.#calls.at(0)
      if (!call.done()) return call
      this.#dropped -= 1
      this.shift()
    }
  }

  /** Takes out what `peek` gave. */
  shift(): void {
    if (this.#returned.length > 0) this.#returned.length -= 1
    else void this.#calls.shift()
  }

  /** @internal */
  _dropped(): void {
    this.#dropped += 1
    if (this.#dropped > MANY_DROPPED && this.#dropped * 2 > this.#calls.length) this.#compact()
    this.#owner._settled()
  }

  /** @internal There is no worker to take it back from. */
  _revoke(): boolean {
    return false
  }

  /** @internal */
  _interrupt(): boolean {
    return false
  }

  /** @internal */
  _hasBegun(): boolean {
    return false
  }

  /** @internal */
  _block(call: Call<unknown>, timeout: number | null): void {
    this.#owner._block(call, timeout)
  }

  /** All that wait. */
  list(): Call<unknown>[] {
    return [...this.#returned.toReversed(), ...this.#calls].filter((call) => !call.done())
  }

  /** All that wait; it is empty then. */
  takeAll(): Call<unknown>[] {
    const calls = this.list()
    this.#returned.length = 0
    this.#calls.clear()
    this.#dropped = 0
    return calls
  }

  #compact(): void {
    const kept = new Deque<Call<unknown>>()
    let dropped = 0
    for (const call of this.#calls) {
      if (call.done()) dropped += 1
      else kept.push(call)
    }
    this.#calls = kept
    this.#dropped -= dropped
  }
}
