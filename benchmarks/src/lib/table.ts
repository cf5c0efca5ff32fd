import { type Result, reachesBar } from './results.ts'

const HEAD = ['case', 'unit', 'Hocket', 'peer', 'ratio', 'bar', '', 'peer is']
// From the left; the figures are set to the right.
const LEFT = new Set([0, 1, 6, 7])

/** The results for people to read. */
export function table(results: readonly Result[]): string {
  const lines = [HEAD, ...results.map(cellsOf)]
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const show = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return LEFT.has(column) ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '-'.repeat(width))
  const [head = HEAD, ...body] = lines
  return [head, rule, ...body].map(show).join('\n')
}

function cellsOf(result: Result): string[] {
  return [
    result.case,
    result.unit,
    figure(result.hocket),
    figure(result.peer),
    figure(result.ratio),
    figure(result.bar),
    reachesBar(result) ? '' : 'UNDER',
    result.peerName,
  ]
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}
