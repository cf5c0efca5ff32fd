import { formatBytes, formatPercent, formatTimeLeft } from './format.ts'
import { LiveLines } from './live-lines.ts'
import { printable } from './printable.ts'
import { type ProgressLine, ProgressLines } from './progress-lines.ts'
import { RateMeter } from './rate-meter.ts'
import type { Terminal } from './terminal.ts'

/** At most twelve frames a second. */
export const FRAME_MS = 83

const HEARTBEAT_MS = 10_000

/** One thing under way. */
export interface ProgressFile {
  /** As a stranger called it. */
  name: string
  received: number
  /** Bytes in all; null while nobody knows. */
  size: number | null
  /** Why nothing moves; null when it does. */
  note: string | null
}

export interface ProgressOptions {
  readonly write: (text: string) => void
  /** Asked again for each frame: windows change their size. */
  readonly terminal: () => Terminal
  /** In ms, of a clock that never goes back. */
  readonly now: () => number
  /** How many there will be. */
  readonly total: number
  /** Tells of the total from time to time where nothing can be drawn. */
  readonly heartbeat: boolean
}

/**
 * Shows what is under way: a line for each file, and a total below them; lines that are printed stand
 * above. Where nothing can be drawn twice, what is printed is all there is, and from time to time
 * the total.
 *
 * It keeps no time: somebody calls `frame()` every `FRAME_MS`.
 */
export class Progress {
  private readonly options: ProgressOptions
  private readonly lines: LiveLines
  private readonly active: Map<ProgressFile, RateMeter> = new Map()
  private readonly meter: RateMeter = new RateMeter()
  private printed: string[] = []
  private done = 0
  private failed = 0
  private bytes = 0
  // Of files whose size is known, with those that are over.
  private sized = { files: 0, bytes: 0 }
  private beat: number
  private headlines: readonly string[] | null = null

  constructor(options: ProgressOptions) {
    this.options = options
    this.lines = new LiveLines(options.write, options.terminal)
    this.beat = options.now()
  }

  /** A file is begun; change what is in it, and call `advance` for what comes. */
  begin(name: string): ProgressFile {
    const file: ProgressFile = { name: printable(name), received: 0, size: null, note: null }
    this.active.set(file, new RateMeter())
    return file
  }

  advance(file: ProgressFile, bytes: number): void {
    this.active.get(file)?.add(bytes)
    this.meter.add(bytes)
  }

  /** The file is done with; `bytes` are those it has on the disk. A file may end that never began. */
  end(file: ProgressFile | null, outcome: 'done' | 'failed', bytes: number): void {
    if (file !== null) this.active.delete(file)
    if (outcome === 'failed') {
      this.failed++
      return
    }
    this.done++
    this.bytes += bytes
    this.sized.files++
    this.sized.bytes += bytes
  }

  /** Stands in place of the files in the total line from now on: the first that has room. */
  announce(...headlines: string[]): void {
    this.headlines = headlines
  }

  /** A line that stays. It is shown with the next frame. */
  print(line: string): void {
    this.printed.push(line)
  }

  /** Draws what has changed. */
  frame(): void {
    const { printed } = this
    this.printed = []
    const terminal = this.options.terminal()
    if (terminal.liveRows > 0 && this.lines.draw(this.drawn(terminal), printed)) return
    // A window that has become too low or too dumb for it.
    this.lines.finish(printed)
    this.heartbeat()
  }

  /** Takes away what was drawn, and prints the lines in its place. */
  finish(lines: readonly string[]): void {
    this.lines.finish([...this.printed, ...lines])
    this.printed = []
  }

  private drawn(terminal: Terminal): string[] {
    const now = this.options.now()
    const draw = new ProgressLines(terminal)
    const room = terminal.liveRows - 1
    const files = [...this.active]
    // The line that tells of the others needs one, too.
    const shown = files.length <= room ? files : files.slice(0, Math.max(0, room - 1))
    const lines = shown.map(([file, meter]) => draw.draw(lineOf(file, meter.rate(now))))
    for (const [, meter] of files.slice(shown.length)) meter.rate(now)
    const hidden = files.length - shown.length
    if (hidden > 0 && room > 0) lines.push(draw.text(`and ${hidden} more`))
    lines.push(draw.draw(this.total(now), 'total'))
    return lines
  }

  private total(now: number): ProgressLine {
    const { total } = this.options
    const rate = this.meter.rate(now)
    let received = this.bytes
    for (const file of this.active.keys()) received += file.received
    const size = this.expected()
    const ended = this.done + this.failed
    return {
      labels: this.labels(ended, total),
      received,
      size: size === null ? null : Math.max(size, received),
      rate,
      left: size === null || rate <= 0 ? null : (Math.max(0, size - received) / rate) * 1_000,
      note: null,
    }
  }

  private labels(ended: number, total: number): readonly string[] {
    if (this.headlines !== null) return this.headlines
    const failed = this.failed > 0 ? `, ${this.failed} failed` : ''
    return [
      `${ended} of ${total} files${failed}`,
      `${ended}/${total}${failed}`,
      `${ended}/${total}`,
    ]
  }

  /** Bytes in all; files of unknown size are taken to be like the others. */
  private expected(): number | null {
    let { files, bytes } = this.sized
    for (const { size } of this.active.keys()) {
      if (size === null) continue
      files++
      bytes += size
    }
    if (files === 0) return null
    return (bytes / files) * (this.options.total - this.failed)
  }

  private heartbeat(): void {
    const now = this.options.now()
    const { labels, received, size, rate, left } = this.total(now)
    if (!this.options.heartbeat || now - this.beat < HEARTBEAT_MS) return
    this.beat = now
    const parts = [labels[0], formatBytes(received)]
    if (size !== null && size > 0) parts.push(formatPercent(received / size))
    if (rate > 0) parts.push(`${formatBytes(rate)}/s`)
    if (left !== null) parts.push(`${formatTimeLeft(left)} left`)
    this.options.write(`${parts.join(', ')}\n`)
  }
}

function lineOf(file: ProgressFile, rate: number): ProgressLine {
  const { name, received, size, note } = file
  const left = size === null || rate <= 0 ? null : ((size - received) / rate) * 1_000
  return { labels: [name], received, size, rate, left, note }
}
