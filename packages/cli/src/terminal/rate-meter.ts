const MEMORY_MS = 4_000

/**
 * Bytes per second, smoothed: what was some seconds ago counts less and less. Nothing is weighed in
 * before the first bytes come, so that the wait for them is not taken for slowness.
 */
export class RateMeter {
  private bytes = 0
  private time = 0
  private pending = 0
  private last: number | null = null

  add(bytes: number): void {
    this.pending += bytes
  }

  /** Bytes per second at `now` (ms); 0 while nothing has come. */
  rate(now: number): number {
    if (this.last === null) {
      // Nobody knows how long the first bytes took.
      if (this.pending > 0) this.last = now
      this.pending = 0
      return 0
    }
    const passed = now - this.last
    if (passed > 0) {
      const fade = Math.exp(-passed / MEMORY_MS)
      this.bytes = this.bytes * fade + this.pending
      this.time = this.time * fade + passed
      this.pending = 0
      this.last = now
    }
    return this.time === 0 ? 0 : (this.bytes / this.time) * 1_000
  }
}
