import { textWidth } from '../../src/terminal/text-width.ts'

const segmenter = new Intl.Segmenter()
const TOKEN = /\p{Cc}\[(\?)?([\d;]*)([A-Za-z])|\r|\n|\P{Cc}+/gu

/**
 * A terminal that is good enough for what we write: it wraps, scrolls, moves up, erases, and does not
 * forgive: what it does not know is an error.
 */
export class FakeTerminal {
  columns: number
  rows: number
  readonly isTTY = true
  readonly frames: string[] = []
  isCursorHidden = false
  row = 0
  // What has scrolled out, and the screen below it; '' is the right half of a wide character.
  private cells: string[][] = [[]]
  private column = 0

  constructor(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
  }

  write(text: string): boolean {
    this.frames.push(text)
    let seen = 0
    for (const token of text.matchAll(TOKEN)) {
      seen += token[0].length
      this.take(token)
    }
    if (seen !== text.length) throw new Error(`what is ${JSON.stringify(text)}?`)
    return true
  }

  /** All that can be seen, when one scrolls up; without spaces at the ends, and the cursor's line. */
  get shown(): string[] {
    const lines = this.cells.map((cells) => cells.join('').trimEnd())
    while (lines.at(-1) === '') lines.pop()
    return lines
  }

  /** Puts these lines in place of all, with the cursor below them. */
  become(lines: string[]): void {
    this.cells = [...lines.map((line) => line.split('')), []]
    this.row = lines.length
    this.column = 0
  }

  private take([token, isPrivate, argument, letter]: RegExpMatchArray): void {
    if (token === '\r') this.column = 0
    else if (token === '\n') this.newLine()
    else if (letter === undefined) this.put(token)
    else if (isPrivate === '?' && argument === '25') this.isCursorHidden = letter === 'l'
    else if (letter === 'm') return
    else if (letter === 'A') this.row = Math.max(this.top, this.row - Number(argument || 1))
    else if (letter === 'K' && argument === '') this.erase()
    else if (letter === 'J' && argument === '') {
      this.erase()
      this.cells.length = this.row + 1
    } else throw new Error(`what is ${JSON.stringify(token)}?`)
  }

  private get top(): number {
    return Math.max(0, this.cells.length - this.rows)
  }

  private get line(): string[] {
    return this.cells[this.row] as string[]
  }

  private newLine(): void {
    this.column = 0
    this.row++
    if (this.row === this.cells.length) this.cells.push([])
  }

  private put(text: string): void {
    for (const { segment } of segmenter.segment(text)) {
      const width = textWidth(segment)
      if (this.column + width > this.columns) this.newLine()
      while (this.line.length < this.column) this.line.push(' ')
      this.line.splice(this.column, width, segment, ...(width === 2 ? [''] : []))
      this.column += width
    }
  }

  private erase(): void {
    this.line.length = Math.min(this.line.length, this.column)
  }
}
