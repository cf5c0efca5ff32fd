import type { Call } from './call.ts'

/** The calls of a worker that are asked to end, and what happens if they don't. */
export class Interruptions {
  readonly #graceMs: number
  readonly #kill: () => void
  readonly #timers = new Map<Call<unknown>, NodeJS.Timeout>()
  /** The call that the worker is killed for. */
  killedFor: Call<unknown> | null = null

  constructor(graceMs: number, kill: () => void) {
    this.#graceMs = graceMs
    this.#kill = kill
  }

  has(call: Call<unknown>): boolean {
    return this.#timers.has(call)
  }

  /** From now on it has the grace period to end. */
  begin(call: Call<unknown>): void {
    const timer = setTimeout(() => {
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
