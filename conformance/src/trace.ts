import { CancelledError, DeadlockError, type EventLoop, getRunningLoop } from 'hocket'
import { show } from './show.ts'

/** Virtual time in ms, iteration of the loop (null where it is not compared), text. */
export type Line = [time: number, tick: number | null, text: string]

/** What a program does, as far as it can be seen from outside. The form of the recorded files. */
export interface Trace {
  lines: Line[]
  outcome: string
}

/** Takes down what one program logs. */
export class Recorder {
  readonly lines: Line[] = []
  readonly #base: EventLoop

  constructor(base: EventLoop) {
    this.#base = base
  }

  /** The running loop, or the program's own where none runs. */
  loop(): EventLoop {
    try {
      return getRunningLoop()
    } catch {
      return this.#base
    }
  }

  log(values: readonly unknown[]): void {
    const loop = this.loop()
    const text = values.map((value) => show(value)).join(' ')
    this.lines.push([round(loop.time()), loop.statistics().iterations, text])
  }
}

/** How a program ended: its result, its error by type, cancelled, or a deadlock. */
export async function outcomeOf(play: () => PromiseLike<unknown>): Promise<string> {
  try {
    return `result: ${show(await play())}`
  } catch (error) {
    if (error instanceof CancelledError) return 'cancelled'
    if (error instanceof DeadlockError) return 'deadlock'
    return `error: ${show(error)}`
  }
}

function round(ms: number): number {
  return Math.round(ms * 1e6) / 1e6
}
