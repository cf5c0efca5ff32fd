import type { Runnable } from 'hocket/lowlevel'
import type { Choice } from './schedule.ts'

/** Where a schedule has come to: something is ready, and a choice is due. */
export interface Point {
  /** How many choices have been made. */
  readonly step: number
  /** How many handles are ready. */
  readonly ready: number
  /** The handle that is `index` places behind the oldest. */
  at(index: number): Runnable
  /** The numbers of the tasks that may be cancelled here. */
  cancellable(): number[]
  /** There is a deadline that time could jump to. */
  canJump(): boolean
}

/** Makes schedules, one after the other. */
export interface Strategy {
  /** Prepares the next schedule; false when there is none left. */
  begin(): boolean
  choose(point: Point): Choice
  /** The schedule that was prepared is played from its beginning once more. */
  again(): void
  /** The schedule has run to its end, `steps` choices long. */
  end(steps: number): void
}

/** How far schedules may depart from FIFO order. */
export interface Bounds {
  /** How often something else than the oldest handle is run. */
  readonly preemptions: number
  /** How many tasks are cancelled. */
  readonly cancels: number
  /** How often time jumps although something is ready. */
  readonly jumps: number
}

/** Numbers from 0 up to 1, the same ones for each seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
