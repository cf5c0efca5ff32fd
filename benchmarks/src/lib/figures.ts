/** The middle figure; the mean of the two in the middle where their number is even. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const upper = sorted[sorted.length >> 1]
  const lower = sorted[(sorted.length - 1) >> 1]
  if (upper === undefined || lower === undefined) throw new RangeError('median of no figures')
  return (lower + upper) / 2
}

/** How much better than `peer` Hocket is: 2 is half the figure. Both at 0 are as good. */
export function ratioOf(peer: number, hocket: number): number {
  return peer === hocket ? 1 : peer / hocket
}

/** Three significant digits, as a number. */
export function rounded(figure: number): number {
  return Math.abs(figure) >= 1000 ? Math.round(figure) : Number(figure.toPrecision(3))
}
