import type { Range } from './range-set.ts'

/**
 * Who reads which part of a large file. What is missing is cut into pieces. The first reader goes
 * forward from the beginning, on the answer that is open already; the others take pieces from the
 * end, so that it runs into them as late as possible.
 */
export class Pieces {
  // Sorted; what nobody reads.
  private readonly free: Range[] = []

  constructor(missing: Iterable<Range>, pieceBytes: number) {
    for (const [start, end] of missing) {
      for (let from = start; from < end; from += pieceBytes) {
        this.free.push([from, Math.min(from + pieceBytes, end)])
      }
    }
  }

  get left(): number {
    return this.free.length
  }

  /** The piece that begins at `start`, for a reader that has come so far. */
  takeAt(start: number): Range | null {
    const index = this.free.findIndex(([from]) => from === start)
    return index < 0 ? null : (this.free.splice(index, 1)[0] as Range)
  }

  /** The first piece of all. */
  takeFirst(): Range | null {
    return this.free.shift() ?? null
  }

  /** The last piece of all. */
  takeLast(): Range | null {
    return this.free.pop() ?? null
  }

  /** How far the free pieces go on without a gap from `start`. */
  reach(start: number): number {
    let end = start
    for (const [from, to] of this.free) {
      if (from === end) end = to
      else if (from > end) break
    }
    return end
  }

  /** What a reader could not finish is for others. */
  giveBack(start: number, end: number): void {
    if (start >= end) return
    const index = this.free.findIndex(([from]) => from > start)
    this.free.splice(index < 0 ? this.free.length : index, 0, [start, end])
  }
}
