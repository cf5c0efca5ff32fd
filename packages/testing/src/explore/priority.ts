import type { Runnable } from 'hocket/lowlevel'
import { RandomEvents } from './random.ts'
import type { Choice } from './schedule.ts'
import { type Bounds, type Point, randomNumbers, type Strategy } from './strategy.ts'

// Who runs this often in a row while others are ready waits for them, most likely.
const MOST_IN_A_ROW = 30

/**
 * Each task gets a random priority, and the highest that is ready runs; at a few random steps the
 * one that is due gets another one, mostly a lower one. Finds faults that need one task to be far ahead of another
 * (PCT, Burckhardt et al. 2010).
 */
export class Priority implements Strategy {
  readonly #bounds: Bounds
  readonly #random: () => number
  readonly #events: RandomEvents
  #priorities = new Map<unknown, number>()
  #changeAt: number[] = []
  #lowest = 0
  #steps = 0
  #last: unknown = null
  #inARow = 0

  constructor(bounds: Bounds, seed: number) {
    this.#bounds = bounds
    this.#random = randomNumbers(seed)
    this.#events = new RandomEvents(bounds, this.#random)
  }

  begin(): boolean {
    this.#priorities = new Map()
    this.#lowest = 0
    this.#last = null
    this.#inARow = 0
    this.#events.begin()
    this.#changeAt = Array.from({ length: this.#bounds.preemptions }, () =>
      Math.floor(this.#random() * (this.#steps + 1)),
    )
    return true
  }

  again(): void {
    this.begin()
  }

  choose(point: Point): Choice {
    const event = this.#events.choose(point)
    if (event !== null) return event
    let best = this.#highest(point)
    if (point.ready > 1 && this.#isChangeDue(point, best)) {
      this.#lowest -= 1
      // Below all others, as in PCT; or anywhere, so that fewer changes make more orders.
      const priority = this.#random() < 0.5 ? this.#lowest : this.#random()
      this.#priorities.set(ownerOf(point.at(best)), priority)
      best = this.#highest(point)
    }
    return best
  }

  end(steps: number): void {
    this.#steps = Math.max(this.#steps, steps)
    this.#events.end(steps)
  }

  #highest(point: Point): number {
    let best = 0
    let highest = -Infinity
    for (let index = 0; index < point.ready; index += 1) {
      const priority = this.#priorityOf(ownerOf(point.at(index)))
      if (priority > highest) {
        highest = priority
        best = index
      }
    }
    return best
  }

  #priorityOf(owner: unknown): number {
    let priority = this.#priorities.get(owner)
    if (priority === undefined) {
      priority = this.#random()
      this.#priorities.set(owner, priority)
    }
    return priority
  }

  #isChangeDue(point: Point, best: number): boolean {
    const owner = ownerOf(point.at(best))
    this.#inARow = owner === this.#last ? this.#inARow + 1 : 0
    this.#last = owner
    if (this.#inARow < MOST_IN_A_ROW) return this.#changeAt.includes(point.step)
    this.#inARow = 0
    return true
  }
}

/** The task that a handle belongs to, or the handle itself. */
export function ownerOf(runnable: Runnable): unknown {
  return (runnable as { _task?: unknown })._task ?? runnable
}
