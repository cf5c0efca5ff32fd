import type { Styler } from '@hocket/cli'

/** What one voice (one file) does: times in ms since its run began, absent until they come. */
export interface Voice {
  readonly name: string
  asked?: number
  firstByte?: number
  ended?: number
  /** It has ended without the file. */
  failed?: boolean
}

/** How time becomes width; two runs that are compared share one scale. */
export interface Scale {
  /** Milliseconds from the left edge to the right one. */
  readonly span: number
  /** Columns of the whole picture, with names and durations. */
  readonly columns: number
}

const NAME_COLUMNS = 18
const DURATION_COLUMNS = 9

const REST = 0
const WAIT = 1
const SOUND = 2
type Part = typeof REST | typeof WAIT | typeof SOUND

// A cell is two halves: GLYPHS[left][right] shows both, which doubles the resolution.
const GLYPHS = [
  ['·', '╶', '╺'],
  ['╴', '─', '╼'],
  ['╸', '╾', '━'],
] as const

const STYLE_OF = ['dim', 'waiting', 'receiving'] as const

/** What the signs of a timeline mean. */
export function legend(style: Styler): string {
  const rest = `${style('dim', '·')} at rest`
  const waiting = `${style('waiting', '─')} waiting`
  return `${rest}  ${waiting}  ${style('receiving', '━')} receiving`
}

/** One row for each voice, up to the moment `now`, and below them the seconds. */
export function drawTimeline(voices: Voice[], scale: Scale, now: number, style: Styler): string[] {
  return [...voices.map((voice) => drawVoice(voice, scale, now, style)), drawAxis(scale, style)]
}

function drawVoice(voice: Voice, scale: Scale, now: number, style: Styler): string {
  const parts = partsOf(voice, scale, now)
  let bar = ''
  // Neighbours of one style are painted together: an escape sequence for each cell is ten times
  // the text.
  let run = ''
  let runPart: Part = REST
  const cells = barColumns(scale)
  for (let cell = 0; cell < cells; cell++) {
    const left = parts[cell * 2]
    const right = parts[cell * 2 + 1] ?? REST
    if (left === undefined) break
    const part = Math.max(left, right) as Part
    if (part !== runPart) {
      bar += style(STYLE_OF[runPart], run)
      run = ''
      runPart = part
    }
    run += GLYPHS[left][right]
  }
  bar += style(STYLE_OF[runPart], run)
  const blank = ' '.repeat(cells - Math.ceil(parts.length / 2))
  const name = shorten(voice.name, NAME_COLUMNS - 2).padEnd(NAME_COLUMNS)
  const duration = durationOf(voice).padStart(DURATION_COLUMNS)
  return `${name}${bar}${blank}${voice.failed === true ? style('bad', duration) : duration}`
}

/** The halves of cells from the beginning of the run to `now`. */
function partsOf(voice: Voice, scale: Scale, now: number): Part[] {
  const total = barColumns(scale) * 2
  const half = scale.span / total
  const until = Math.min(total, Math.max(1, Math.round(now / half)))
  const parts: Part[] = new Array(until).fill(REST)
  if (voice.asked === undefined) return parts
  // However short it was, each voice is seen to wait and to sound: a half cell at least.
  const asked = Math.min(Math.floor(voice.asked / half), total - 2)
  const sounds = Math.max(asked + 1, Math.round((voice.firstByte ?? now) / half))
  const ends = Math.max(sounds + 1, Math.round((voice.ended ?? now) / half))
  parts.fill(WAIT, asked, sounds)
  if (voice.firstByte !== undefined) parts.fill(SOUND, Math.min(sounds, until - 1), ends)
  return parts
}

function durationOf({ asked, ended, failed }: Voice): string {
  if (failed === true) return 'failed'
  return asked === undefined || ended === undefined ? '' : `${Math.round(ended - asked)} ms`
}

function drawAxis(scale: Scale, style: Styler): string {
  const cells = barColumns(scale)
  const seconds = scale.span / 1_000
  // A label for each step, and no two of them closer than eight columns.
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60].find((it) => (it / seconds) * cells >= 8) ?? 120
  let axis = ''
  for (let index = 0; index * step <= seconds; index++) {
    const column = Math.round(((index * step) / seconds) * cells)
    const label = index === 0 ? '0 s' : String(Number((index * step).toFixed(1)))
    if (column + label.length <= cells) axis = axis.padEnd(column) + label
  }
  return ' '.repeat(NAME_COLUMNS) + style('dim', axis)
}

function barColumns(scale: Scale): number {
  return scale.columns - NAME_COLUMNS - DURATION_COLUMNS
}

function shorten(name: string, columns: number): string {
  return name.length <= columns ? name : `${name.slice(0, columns - 1)}…`
}
