import type { DownloadEntry, FileResult, RunEvent } from '@hocket/download'
import type { Io, Output } from '../terminal/io.ts'
import { printable } from '../terminal/printable.ts'
import { Progress, type ProgressFile } from '../terminal/progress.ts'
import { makeStyler } from '../terminal/style.ts'
import { describeTerminal, type Terminal } from '../terminal/terminal.ts'
import { describeFailure, describeResult, describeSummary, type Look } from './describe.ts'
import type { GetOptions } from './options.ts'
import { shownName } from './shown-name.ts'
import type { Summary } from './summary.ts'

export interface ReportOptions {
  readonly io: Io
  readonly options: Pick<GetOptions, 'json' | 'quiet' | 'progress'>
  readonly entries: readonly DownloadEntry[]
  /** How many files there are, with those that were rejected. */
  readonly total: number
  /** In ms, of a clock that never goes back. */
  readonly now: () => number
}

/** Tells of a run while it goes on: to a person, in moving lines or plain ones, or to a machine. */
export class Report {
  private readonly io: Io
  private readonly json: boolean
  private readonly quiet: boolean
  private readonly entries: readonly DownloadEntry[]
  private readonly progress: Progress | null
  private readonly look: Look
  private readonly active: Map<number, ProgressFile> = new Map()
  private readonly told: Set<number> = new Set()

  constructor({ io, options, entries, total, now }: ReportOptions) {
    this.io = io
    this.json = options.json === true
    this.quiet = options.quiet === true
    this.entries = entries
    const output = this.json || this.quiet ? io.stderr : io.stdout
    const terminal = () => describe(output, io.env, options.progress)
    const { colour, unicode, liveRows } = terminal()
    this.look = { style: makeStyler(colour), unicode }
    const isShown = this.json
      ? // Moving lines between the objects would spoil both.
        liveRows > 0 && io.stdout.isTTY !== true
      : !this.quiet
    const write = (text: string) => void output.write(text)
    const heartbeat = options.progress
    this.progress = isShown ? new Progress({ write, terminal, now, total, heartbeat }) : null
  }

  /** What a run's `onEvent` is told. */
  onEvent(event: RunEvent): void {
    if (event.type === 'result') this.result(event.result, event.index)
    else if (event.type === 'file') this.fileEvent(event)
  }

  /** A file is done with; one that was rejected before the run has no index. */
  result(result: FileResult, index: number | null): void {
    const file = (index !== null && this.active.get(index)) || null
    if (index !== null) {
      this.active.delete(index)
      this.told.add(index)
    }
    const isThere = result.status === 'done' || result.status === 'skipped'
    this.progress?.end(file, isThere ? 'done' : 'failed', result.bytes)
    if (this.json) {
      this.writeJson({ type: 'file', ...result })
    } else if (this.quiet) {
      if (result.status === 'failed') {
        this.io.stderr.write(`${describeFailure(result, this.look)}\n`)
      }
    } else {
      const line = describeResult(result, this.look)
      if (line !== null) this.progress?.print(line)
    }
  }

  /** All results, in their order, when the run is over: those of files that it did not get to. */
  rest(results: readonly FileResult[]): void {
    for (const [index, result] of results.entries()) {
      // To a person, the end says how many were never begun; a machine is told of each.
      if (this.told.has(index) || (!this.json && result.attempts === 0)) continue
      this.result(result, index)
    }
  }

  frame(): void {
    this.progress?.frame()
  }

  /** The run is being ended before its end. */
  stopping(): void {
    this.progress?.announce('stopping: keeping what is here', 'stopping')
  }

  /** The last that is told. `resume` is the command that goes on; null where there is none. */
  finish(summary: Summary, resume: string | null): void {
    if (this.json) {
      this.progress?.finish([])
      this.writeJson({ type: 'summary', ...summary, resume })
    } else if (!this.quiet) {
      this.progress?.finish([describeSummary(summary, this.look)])
    }
  }

  /** Takes away what was drawn, for an end that nobody has thought of. */
  abandon(): void {
    this.progress?.finish([])
  }

  private fileEvent({ index, event, url }: RunEvent & { type: 'file' }): void {
    const { progress } = this
    if (progress === null) return
    const file = this.active.get(index)
    switch (event.type) {
      case 'request':
        if (file === undefined) this.active.set(index, progress.begin(this.nameOf(index, url)))
        else file.note = null
        break
      case 'response':
        if (file === undefined) break
        file.size = event.size
        file.received = event.resumed
        break
      case 'data':
        if (file === undefined) break
        file.received = event.received
        file.size = event.size
        file.note = null
        progress.advance(file, event.bytes)
        break
      case 'retry':
        if (file !== undefined) file.note = `again: ${event.error.errorClass}`
        break
      case 'warning':
        if (!this.json) {
          progress.print(
            this.look.style('waiting', `! ${this.nameOf(index, url)}: ${printable(event.message)}`),
          )
        }
        break
      // The result that comes next tells of them.
      case 'saved':
      case 'skipped':
        break
    }
  }

  private nameOf(index: number, url: string): string {
    return shownName(this.entries[index]?.name, url)
  }

  private writeJson(value: object): void {
    this.io.stdout.write(`${escaped(JSON.stringify(value))}\n`)
  }
}

/** JSON lets through what moves the cursor of some terminals, or turns the direction of a line. */
function escaped(json: string): string {
  return json.replace(/[\x7f-\x9f\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function describe(output: Output, env: NodeJS.ProcessEnv, isMoving: boolean): Terminal {
  const terminal = describeTerminal(output, env)
  return isMoving ? terminal : { ...terminal, liveRows: 0 }
}
