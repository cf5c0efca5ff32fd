const MOST_BYTES = 32 * 1024 * 1024

/** How much all small files of a run together may hold in memory. */
export class MemoryBudget {
  private used = 0

  /** True if there is room, which is then taken. */
  tryTake(bytes: number): boolean {
    if (this.used + bytes > MOST_BYTES) return false
    this.used += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.used -= bytes
  }
}
