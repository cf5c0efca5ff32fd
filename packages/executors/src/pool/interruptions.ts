import type { Call } from './call.ts'

/** The calls of a worker that are asked to end, and what happens if they don't. */
export class Interruptions {
  readonly #graceMs: number
  readonly #hasBegun: (call: Call<unknown>) => boolean
  readonly #kill: () => void
  readonly #timers = new Map<Call<unknown>, NodeJS.Timeout>()
  /** The call that the worker is killed for. */
  killedFor: Call<unknown> | null = null

  constructor(graceMs: number, hasBegun: (call: Call<unknown>) => boolean, kill: () => void) {
    this.#graceMs = graceMs
    this.#hasBegun = hasBegun
    this.#kill = kill
  }

  has(call: Call<unknown>): boolean {
    return this.#timers.has(call)
  }

  /** From now on it has the grace period to end; a process may have it and not have begun it. */
  begin(call: Call<unknown>): void {
    const timer = setTimeout(() => {
      // What runs before it has done nothing wrong.
      if (!this.#hasBegun(call)) {
        this.begin(call)
        return
      }
      this.killedFor = call
      this.#kill()
    }, this.#graceMs)
    this.#timers.set(call, timer)
  }

  /** It has ended; true if it was asked to. */
  end(call: Call<unknown>): boolean {
    if (this.#timers.size === 0) return false
    clearTimeout(this.#timers.get(call))
    return this.#timers.delete(call)
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }
}
