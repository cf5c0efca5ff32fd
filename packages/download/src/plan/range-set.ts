/** Bytes from `start` up to `end`, which is not among them. */
export type Range = readonly [start: number, end: number]

/** A set of byte positions, kept as ranges that are sorted and do not touch. */
export class RangeSet {
  private readonly ranges: [start: number, end: number][] = []

  /** @throws RangeError if one of them is no range of whole numbers */
  constructor(ranges: Iterable<Range> = []) {
    for (const [start, end] of ranges) this.add(start, end)
  }

  add(start: number, end: number): void {
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
      throw new RangeError(`expected a range of bytes, got ${start} to ${end}`)
    }
    if (start === end) return
    const { ranges } = this
    // Mostly it goes on where the last one ends.
    let first = ranges.length
    while (first > 0 && (ranges[first - 1] as Range)[1] >= start) first -= 1
    let from = start
    let to = end
    let behind = first
    for (; behind < ranges.length; behind++) {
      const [nextStart, nextEnd] = ranges[behind] as Range
      if (nextStart > end) break
      from = Math.min(from, nextStart)
      to = Math.max(to, nextEnd)
    }
    ranges.splice(first, behind - first, [from, to])
  }

  /** How many bytes are in it. */
  get bytes(): number {
    let bytes = 0
    for (const [start, end] of this.ranges) bytes += end - start
    return bytes
  }

  /** What is not in it of the first `size` bytes. */
  missing(size: number): Range[] {
    const gaps: Range[] = []
    let from = 0
    for (const [start, end] of this.ranges) {
      if (start >= size) break
      if (start > from) gaps.push([from, start])
      from = end
    }
    if (from < size) gaps.push([from, size])
    return gaps
  }

  /** Where the last of its bytes ends. */
  get end(): number {
    return this.ranges.at(-1)?.[1] ?? 0
  }

  has(start: number, end: number): boolean {
    return start === end || this.ranges.some(([from, to]) => from <= start && end <= to)
  }

  /** Takes out what lies behind `end`. */
  cut(end: number): void {
    const { ranges } = this
    for (let last = ranges.at(-1); last !== undefined && last[1] > end; last = ranges.at(-1)) {
      if (last[0] < end) last[1] = end
      else ranges.pop()
    }
  }

  clear(): void {
    this.ranges.length = 0
  }

  toJSON(): Range[] {
    return this.ranges.map(([start, end]) => [start, end])
  }
}
