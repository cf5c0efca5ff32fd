import { getRunningLoop, type Suspension } from 'hocket'

/** A server that says `retry: 0`, and then fails or says nothing, is not asked all the time. */
export const LEAST_BACKOFF = 500

/** When a stream of events is connected again: after the time that the server has named, or later. */
export class Reconnection {
  /** What the server asks to wait before it is asked again, in ms. */
  time: number
  /** In a row. */
  failures = 0
  readonly #longest: number
  readonly #random: () => number
  /** In ms of the loop's time. */
  #at = 0
  #stop: (() => void) | null = null

  constructor(time: number, longest: number, random: () => number) {
    this.time = time
    this.#longest = longest
    this.#random = random
  }

  /** Never earlier than the server asks for; after a failure, some random time later. */
  plan(least: number): void {
    const { time, failures } = this
    const longest = Math.min(Math.max(time, LEAST_BACKOFF) * 2 ** failures, this.#longest)
    const delay = failures === 0 ? time : time + Math.max(0, longest - time) * this.#random()
    this.#at = getRunningLoop().time() + Math.max(delay, least)
  }

  /** Waits until it is time, or until it is stopped. */
  *wait(): Generator<Suspension, void, unknown> {
    const loop = getRunningLoop()
    if (this.#at <= loop.time()) return
    const waiter = loop.createFuture<void>()
    const wake = () => {
      if (!waiter.done() && !loop.isClosed()) waiter.setResult()
    }
    const timer = loop.callAt(this.#at, wake)
    this.#stop = wake
    try {
      yield* waiter
    } finally {
      timer.cancel()
      this.#stop = null
    }
  }

  stop(): void {
    this.#stop?.()
  }
}
