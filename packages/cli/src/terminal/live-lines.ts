import type { Terminal } from './terminal.ts'
import { textWidth } from './text-width.ts'

/**
 * Lines at the end of the output that can be drawn again in place.
 *
 * Each frame is one write, which shows the cursor again at its end: however the program ends, even
 * by SIGKILL, the terminal is as it was.
 */
export class LiveLines {
  private readonly write: (text: string) => void
  private readonly terminal: () => Terminal
  private drawn: string[] = []
  private columns = 0

  constructor(write: (text: string) => void, terminal: Terminal | (() => Terminal)) {
    this.write = write
    this.terminal = typeof terminal === 'function' ? terminal : () => terminal
  }

  /**
   * Draws the lines over those of the last call, with `above` printed once and for all before them;
   * false, and nothing, where there is no room.
   */
  draw(lines: readonly string[], above: readonly string[] = []): boolean {
    const { liveRows, columns } = this.terminal()
    if (lines.length > liveRows) return false
    if (above.length === 0 && this.isShown(lines, columns)) return true
    const printed = above.map((line) => `${line}\u001b[K\n`).join('')
    const text = lines.map((line) => `${line}\u001b[K\n`).join('')
    const home = this.home(columns)
    // Hidden while it moves: a cursor that runs over the picture flickers.
    this.write(`\u001b[?25l${home}${printed}${text}\u001b[J\u001b[?25h`)
    this.drawn = [...lines]
    this.columns = columns
    return true
  }

  /** Draws the lines for the last time, and everywhere. */
  finish(lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join('')
    const home = this.home(this.terminal().columns)
    if (home !== '' || text !== '') this.write(home === '' ? text : `${home}\u001b[J${text}`)
    this.drawn = []
  }

  /** Leaves what is drawn as it is, for an end before the end. */
  abandon(): void {
    this.drawn = []
  }

  private isShown(lines: readonly string[], columns: number): boolean {
    if (this.columns !== columns || this.drawn.length !== lines.length) return false
    return lines.every((line, index) => line === this.drawn[index])
  }

  /** To the beginning of what is drawn; empty if nothing is. */
  private home(columns: number): string {
    let rows = this.drawn.length
    // A terminal that was made narrower has wrapped them meanwhile.
    if (columns < this.columns) rows = 0
    for (const line of columns < this.columns ? this.drawn : []) {
      const width = textWidth(line.replace(/\p{Cc}\[[\d;]*m/gu, ''))
      rows += Math.max(1, Math.ceil(width / Math.max(1, columns)))
    }
    return rows === 0 ? '' : `\r\u001b[${rows}A`
  }
}
