import { HocketError } from 'hocket'

// A trace is to be read; what is far back is seldom needed.
const MOST_LINES = 80

/**
 * A program failed under a schedule. `schedule` is the string that plays it again, by
 * `explore(body, { replay: schedule })`; `cause` is what failed.
 */
export class ScheduleError extends HocketError {
  override readonly name: string = 'ScheduleError'
  /** Plays the same schedule again. */
  readonly schedule: string
  /** What ran, step by step; a star marks what departs from FIFO order. */
  readonly trace: readonly string[]
  /** How many schedules were played to find it. */
  readonly schedules: number

  /** @internal */
  constructor(schedule: string, trace: readonly string[], schedules: number, cause: unknown) {
    const shown = trace.slice(-MOST_LINES)
    const hidden = trace.length - shown.length
    const lines = shown.map((line, index) => `  ${String(hidden + index).padStart(4)} ${line}`)
    super(
      [
        `${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`,
        `It fails under this schedule (of ${schedules} that were played); replay: '${schedule}'`,
        ...(hidden > 0 ? [`  … ${hidden} steps`] : []),
        ...lines,
      ].join('\n'),
      { code: 'ERR_SCHEDULE', cause },
    )
    this.schedule = schedule
    this.trace = trace
    this.schedules = schedules
  }
}
