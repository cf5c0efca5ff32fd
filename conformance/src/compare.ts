import type { Line, Trace } from './trace.ts'

/** Where two traces part, as lines to print; empty when they are the same. */
export function compare(recorded: Trace, ours: Trace): string[] {
  const length = Math.max(recorded.lines.length, ours.lines.length)
  for (let index = 0; index < length; index++) {
    const [theirs, mine] = [recorded.lines[index], ours.lines[index]]
    if (!isSame(theirs, mine)) return difference(recorded, ours, index)
  }
  if (recorded.outcome === ours.outcome) return []
  return [`CPython  ${recorded.outcome}`, `Hocket   ${ours.outcome}`]
}

function isSame(theirs: Line | undefined, mine: Line | undefined): boolean {
  if (theirs === undefined || mine === undefined) return false
  const isTicked = theirs[1] !== null
  return theirs[0] === mine[0] && theirs[2] === mine[2] && (!isTicked || theirs[1] === mine[1])
}

/** The last common lines, then what either side has from there on. */
function difference(recorded: Trace, ours: Trace, index: number): string[] {
  const common = recorded.lines.slice(Math.max(0, index - 2), index)
  return [
    ...common.map((line) => `         ${write(line)}`),
    ...rest('CPython', recorded, index),
    ...rest('Hocket ', ours, index),
  ]
}

function rest(side: string, trace: Trace, index: number): string[] {
  const lines = trace.lines.slice(index, index + 4).map((line) => `${side}  ${write(line)}`)
  const left = trace.lines.length - index - lines.length
  lines.push(left > 0 ? `${side}  … ${left} more` : `${side}  ends: ${trace.outcome}`)
  return lines
}

function write([time, tick, text]: Line): string {
  return `${time} ms, iteration ${tick ?? '*'}: ${text}`
}
