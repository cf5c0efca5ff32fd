import { formatBytes, formatPercent, formatTimeLeft } from './format.ts'
import { drawBar } from './progress-bar.ts'
import { makeStyler, type Styler } from './style.ts'
import type { Terminal } from './terminal.ts'
import { fitWidth, padStartWidth, textWidth } from './text-width.ts'

/** What one line tells. */
export interface ProgressLine {
  /** Printable; the first that has room is taken. */
  readonly labels: readonly string[]
  readonly received: number
  /** Bytes in all; null when nobody knows. */
  readonly size: number | null
  /** Bytes per second. */
  readonly rate: number
  /** Milliseconds; null when nobody knows. */
  readonly left: number | null
  /** Said in place of rate and time left. */
  readonly note: string | null
}

// In the order in which they find room; a bar comes last, and the name takes what is left.
const FIELDS = { percent: 4, bytes: 8, left: 8, rate: 10 }
const SHOWN = ['percent', 'bytes', 'rate', 'left'] as const
const GAP = 2
const NAME = { least: 12, most: 44 }
const BAR = { least: 8, most: 40 }

/** What has room in lines of so many columns. */
interface Columns {
  readonly name: number
  readonly bar: number
  readonly fields: readonly (typeof SHOWN)[number][]
}

/** Draws lines whose columns stand below each other; all of them are narrower than the terminal. */
export class ProgressLines {
  private readonly terminal: Terminal
  private readonly columns: Columns
  private readonly style: Styler

  constructor(terminal: Terminal) {
    this.terminal = terminal
    // The last column is left free: some terminals wrap as soon as it is written.
    this.columns = divide(Math.max(1, terminal.columns - 1))
    this.style = makeStyler(terminal.colour)
  }

  draw(line: ProgressLine, emphasis: 'file' | 'total' = 'file'): string {
    const { name, bar, fields } = this.columns
    const { style, terminal } = this
    const label = this.label(line.labels, name)
    const fraction = line.size === null ? null : line.size === 0 ? 1 : line.received / line.size
    const parts = [emphasis === 'total' ? style('bold', label) : label]
    if (bar > 0) parts.push(drawBar(fraction, bar, { style, unicode: terminal.unicode }))
    const texts = {
      percent: fraction === null ? '' : formatPercent(fraction),
      bytes: formatBytes(line.received),
      rate: line.rate > 0 ? `${formatBytes(line.rate)}/s` : '',
      left: line.left === null ? '' : formatTimeLeft(line.left),
    }
    const [first, second] = [fields.indexOf('rate'), fields.indexOf('left')]
    for (const field of fields) {
      if (line.note !== null && field === 'left' && first >= 0) continue
      const width = FIELDS[field]
      if (line.note !== null && (field === 'rate' || field === 'left')) {
        const room = first >= 0 && second >= 0 ? FIELDS.rate + GAP + FIELDS.left : width
        parts.push(style('waiting', this.fit(line.note, room)))
      } else {
        parts.push(padStartWidth(texts[field], width))
      }
    }
    return parts.join(' '.repeat(GAP))
  }

  /** A line of words alone, in the columns that are there. */
  text(text: string): string {
    return this.style('dim', this.fit(text, Math.max(1, this.terminal.columns - 1)).trimEnd())
  }

  private label(labels: readonly string[], width: number): string {
    const fitting = labels.find((label) => textWidth(label) <= width)
    return this.fit(fitting ?? labels.at(-1) ?? '', width)
  }

  private fit(text: string, width: number): string {
    return fitWidth(text, width, this.terminal.unicode ? '…' : '..')
  }
}

function divide(width: number): Columns {
  const fields = new Set<string>()
  let left = width
  for (const [field, needs] of Object.entries(FIELDS)) {
    if (left - needs - GAP < NAME.least) break
    left -= needs + GAP
    fields.add(field)
  }
  const bar = Math.min(BAR.most, Math.floor((left - GAP) * 0.4))
  const isBar = bar >= BAR.least
  const name = isBar ? left - GAP - bar : left
  return {
    name: Math.min(NAME.most, name),
    bar: isBar ? bar : 0,
    fields: SHOWN.filter((field) => fields.has(field)),
  }
}
