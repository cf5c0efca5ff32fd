/** So many calls are noted at once, if they are short: a note costs as much as such a call. */
const MOST_AHEAD = 32
/** And so much of what they take, in ms. */
const AHEAD_MS = 0.2

/**
 * How many calls this worker has begun, for the pool to know which ones have not if this process is
 * killed. No call begins that the pool does not have to take for begun: by its note, or because it is
 * among as many as may run at once, counted from the oldest that is not answered. The second kind needs
 * no note, and most calls are of that kind where there is little to do.
 */
export class BegunCalls {
  readonly #callsAtOnce: number
  readonly #note: (count: number) => void
  #count = 0
  #noted = 0

  constructor(callsAtOnce: number, note: (count: number) => void) {
    this.#callsAtOnce = callsAtOnce
    this.#note = note
  }

  /**
   * The next call is about to begin.
   *
   * @param open calls that have begun and whose outcome the pool may never get
   * @param duration of a call, in ms; -1 if that is not known
   * @param left how many calls come behind it
   */
  next(open: number, duration: number, left: number): void {
    this.#count += 1
    if (this.#count <= this.#noted || open < this.#callsAtOnce) return
    const ahead = duration < 0 ? 0 : Math.min(left, MOST_AHEAD, Math.floor(AHEAD_MS / duration))
    this.#noted = this.#count + ahead
    this.#note(this.#noted)
  }

  /** This process is about to end by itself: what was noted ahead is put right. */
  settle(): void {
    if (this.#noted <= this.#count) return
    this.#noted = this.#count
    this.#note(this.#count)
  }
}
