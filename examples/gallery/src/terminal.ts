/** What is known of the place where the output goes. */
export interface Terminal {
  readonly columns: number
  readonly colour: boolean
  /** How many lines may be drawn again and again; 0 where nothing can be drawn twice. */
  readonly liveRows: number
}

interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

const PLAIN_COLUMNS = 80
const FEWEST_COLUMNS = 50

/** 80 columns, no colour and nothing moving where no person watches; NO_COLOR is obeyed. */
export function describeTerminal(output: Output, env: NodeJS.ProcessEnv): Terminal {
  if (output.isTTY !== true) return { columns: PLAIN_COLUMNS, colour: false, liveRows: 0 }
  const columns = output.columns ?? PLAIN_COLUMNS
  const dumb = env['TERM'] === 'dumb'
  const wide = columns >= FEWEST_COLUMNS
  return {
    columns: Math.max(columns, FEWEST_COLUMNS),
    colour: !dumb && (env['NO_COLOR'] ?? '') === '',
    // A line that wraps, or that has left the screen, can't be drawn again.
    liveRows: dumb || !wide ? 0 : Math.max(0, (output.rows ?? 24) - 1),
  }
}

const STYLES = {
  bold: '1',
  dim: '90',
  waiting: '33',
  receiving: '1;36',
  good: '32',
  bad: '31',
} as const

type Style = keyof typeof STYLES

/** `text` in a style, or as it is where there are no colours. */
export type Styler = (style: Style, text: string) => string

export function makeStyler(colour: boolean): Styler {
  if (!colour) return (_, text) => text
  return (style, text) => (text === '' ? '' : `\u001b[${STYLES[style]}m${text}\u001b[0m`)
}

/** Lines at the end of the output that can be drawn again in place. */
export class LiveLines {
  readonly #write: (text: string) => void
  readonly #rows: number
  #drawn = 0

  constructor(write: (text: string) => void, terminal: Terminal) {
    this.#write = write
    this.#rows = terminal.liveRows
  }

  /** Draws the lines over those of the last call; false, and nothing, where there is no room. */
  draw(lines: string[]): boolean {
    if (lines.length > this.#rows) return false
    const text = lines.map((line) => `${line}\u001b[K\n`).join('')
    // Hidden while it moves: a cursor that runs over the picture flickers.
    this.#write(`\u001b[?25l${this.#home()}${text}`)
    this.#drawn = lines.length
    return true
  }

  /** Draws the lines for the last time, and everywhere. */
  finish(lines: string[]): void {
    const text = `${lines.join('\n')}\n`
    this.#write(this.#drawn === 0 ? text : `${this.#home()}\u001b[J${text}\u001b[?25h`)
    this.#drawn = 0
  }

  /** Leaves what is drawn as it is and gives the cursor back, for an end before the end. */
  abandon(): void {
    if (this.#drawn > 0) this.#write('\u001b[?25h')
    this.#drawn = 0
  }

  #home(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A`
  }
}
