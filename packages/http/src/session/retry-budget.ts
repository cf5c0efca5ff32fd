/**
 * How many retries a session may spend. Each one takes a token; each request that needs none gives
 * back a part of one. So when a server is down for everybody, the load on it grows by that part, and
 * not as often as requests are tried. Shared by all that are given it.
 *
 * @example
 * ```ts
 * const budget = new RetryBudget({ tokens: 1, refill: 0.5 })
 * budget.take() // => true
 * budget.take() // => false
 * budget.giveBack()
 * budget.giveBack()
 * budget.take() // => true
 * ```
 */
export class RetryBudget {
  readonly #most: number
  readonly #refill: number
  #tokens: number

  /**
   * It begins with `tokens` (100), which is also the most; a request that needs no retry adds `refill` (0.1).
   *
   * @throws {@link RangeError} if one of them is negative
   */
  constructor(options: { tokens?: number; refill?: number } = {}) {
    const { tokens = 100, refill = 0.1 } = options
    if (!(tokens >= 0) || !(refill >= 0)) {
      throw new RangeError(
        `a RetryBudget expected numbers of 0 or more, got ${tokens} and ${refill}`,
      )
    }
    this.#most = tokens
    this.#refill = refill
    this.#tokens = tokens
  }

  /** How many retries are left. */
  get tokens(): number {
    return this.#tokens
  }

  /** Takes a token; false if there is none. */
  take(): boolean {
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** A request has needed no retry. */
  giveBack(): void {
    this.#tokens = Math.min(this.#most, this.#tokens + this.#refill)
  }
}
