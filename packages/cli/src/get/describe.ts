import { isAbsolute, relative } from 'node:path'
import type { FileResult } from '@hocket/download'
import { formatBytes, formatDuration } from '../terminal/format.ts'
import { printable } from '../terminal/printable.ts'
import type { Styler } from '../terminal/style.ts'
import { padStartWidth, textWidth } from '../terminal/text-width.ts'
import type { Summary } from './summary.ts'

export interface Look {
  readonly style: Styler
  readonly unicode: boolean
}

const NAME_WIDTH = 40

/** One line on a file that is done with; null for one that was given up, of which the end tells. */
export function describeResult(result: FileResult, look: Look): string | null {
  const { style } = look
  switch (result.status) {
    case 'done': {
      const mark = style('good', look.unicode ? '✓' : '+')
      const resumed =
        result.resumed > 0 ? `  ${formatBytes(result.resumed)} of it were here before` : ''
      const ms = padStartWidth(formatDuration(result.ms), 9)
      return `${mark} ${nameAndSize(result)} ${ms}${style('dim', resumed)}`
    }
    case 'skipped':
      return style('dim', `= ${nameAndSize(result)}   is there already`)
    case 'failed':
      return describeFailure(result, look)
    case 'cancelled':
      return null
    default:
      throw new TypeError(`expected a status of a result, got ${result.status satisfies never}`)
  }
}

export function describeFailure({ url, line, attempts, error }: FileResult, look: Look): string {
  const mark = look.style('bad', look.unicode ? '✗' : 'x')
  const where = line === null ? '' : `line ${line}: `
  const tries = attempts > 1 ? ` (tried ${attempts} times)` : ''
  const what = error === null ? '' : `  ${error.class}  ${printable(error.message)}`
  return `${mark} ${where}${printable(url)}${what}${tries}`
}

/** `2 of 3 files, 35 B, 12 ms, 1 failed` */
export function describeSummary(summary: Summary, { style }: Look): string {
  const { files, done, skipped, failed, cancelled, bytes, ms } = summary
  const parts = [`${done + skipped} of ${files} files`, formatBytes(bytes), formatDuration(ms)]
  // Of less, and of what was cut off, it says nothing of the network.
  if (bytes >= 1e6 && ms >= 1_000 && cancelled === 0)
    parts.push(`${formatBytes((bytes / ms) * 1_000)}/s`)
  if (skipped > 0) parts.push(`${skipped} there already`)
  if (failed > 0) parts.push(style('bad', `${failed} failed`))
  if (cancelled > 0) parts.push(style('waiting', `${cancelled} not done`))
  return parts.join(', ')
}

function nameAndSize({ path, bytes }: FileResult): string {
  const name = printable(shownPath(path ?? ''))
  const padding = ' '.repeat(Math.max(0, NAME_WIDTH - textWidth(name)))
  return `${name}${padding} ${padStartWidth(formatBytes(bytes), 9)}`
}

/** Below the current folder without it. */
function shownPath(path: string): string {
  const short = relative('.', path)
  return short.startsWith('..') || isAbsolute(short) ? path : short
}
