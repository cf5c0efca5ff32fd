/** What is known of the place where the output goes. */
export interface Terminal {
  readonly columns: number
  readonly colour: boolean
  /** Symbols other than ASCII can be shown. */
  readonly unicode: boolean
  /** How many lines may be drawn again and again; 0 where nothing can be drawn twice. */
  readonly liveRows: number
}

/** What `describeTerminal` looks at: a `tty.WriteStream`, or anything else that is written to. */
export interface TerminalOutput {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

const PLAIN_COLUMNS = 80
const PLAIN_ROWS = 24

/**
 * 80 columns, no colour and nothing moving where no person watches; NO_COLOR and `TERM=dumb` are
 * obeyed. Below `fewestColumns` nothing moves either, and that many are taken to be there.
 */
export function describeTerminal(
  output: TerminalOutput,
  env: NodeJS.ProcessEnv,
  fewestColumns = 1,
): Terminal {
  if (output.isTTY !== true) {
    return { columns: PLAIN_COLUMNS, colour: false, unicode: true, liveRows: 0 }
  }
  // A terminal whose size nobody has set says 0.
  const columns = output.columns || PLAIN_COLUMNS
  const rows = output.rows || PLAIN_ROWS
  const dumb = env['TERM'] === 'dumb'
  return {
    columns: Math.max(columns, fewestColumns),
    colour: !dumb && (env['NO_COLOR'] ?? '') === '',
    unicode: isUnicode(env),
    // A line that wraps, or that has left the screen, can't be drawn again.
    liveRows: dumb || columns < fewestColumns ? 0 : Math.max(0, rows - 1),
  }
}

/** Where the environment says nothing, as in most containers, UTF-8 is what terminals speak. */
function isUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8'
  return /utf-?8/i.test(locale)
}
