import { type Choice, cancellationOf, JUMP } from './schedule.ts'
import { type Bounds, type Point, randomNumbers, type Strategy } from './strategy.ts'

// How often a schedule of a kind takes the oldest handle without casting lots.
const CALM = [0, 0.5, 0.85]
// How often an event that may be in a schedule is in it.
const LIKELY = 0.75

/**
 * Cancellations and jumps of time at random steps. The steps that there are to choose from are
 * learned from the schedules before.
 */
export class RandomEvents {
  readonly #bounds: Bounds
  readonly #random: () => number
  #steps = 0
  #cancelAt: number[] = []
  #jumpAt: number[] = []

  constructor(bounds: Bounds, random: () => number) {
    this.#bounds = bounds
    this.#random = random
  }

  begin(): void {
    this.#cancelAt = this.#plan(this.#bounds.cancels)
    this.#jumpAt = this.#plan(this.#bounds.jumps)
  }

  /** What happens at this point; null for nothing. */
  choose(point: Point): Choice | null {
    if (isDue(this.#cancelAt, point.step)) {
      const tasks = point.cancellable()
      const task = tasks[Math.floor(this.#random() * tasks.length)]
      if (task !== undefined) {
        this.#cancelAt.pop()
        return cancellationOf(task)
      }
    }
    if (isDue(this.#jumpAt, point.step) && point.canJump()) {
      this.#jumpAt.pop()
      return JUMP
    }
    return null
  }

  end(steps: number): void {
    this.#steps = Math.max(this.#steps, steps)
  }

  /** Steps, the first at the end of the list. */
  #plan(most: number): number[] {
    const steps: number[] = []
    for (let count = 0; count < most; count += 1) {
      if (this.#random() < LIKELY) steps.push(Math.floor(this.#random() * (this.#steps + 1)))
    }
    return steps.sort((a, b) => b - a)
  }
}

function isDue(steps: number[], step: number): boolean {
  const next = steps.at(-1)
  return next !== undefined && next <= step
}

/** Casts lots among what is ready, at each step. */
export class RandomWalk implements Strategy {
  readonly #random: () => number
  readonly #events: RandomEvents
  #calm = 0

  constructor(bounds: Bounds, seed: number) {
    this.#random = randomNumbers(seed)
    this.#events = new RandomEvents(bounds, this.#random)
  }

  begin(): boolean {
    this.#calm = CALM[Math.floor(this.#random() * CALM.length)] as number
    this.#events.begin()
    return true
  }

  again(): void {
    this.#events.begin()
  }

  choose(point: Point): Choice {
    const event = this.#events.choose(point)
    if (event !== null) return event
    if (point.ready === 1 || this.#random() < this.#calm) return 0
    return Math.floor(this.#random() * point.ready)
  }

  end(steps: number): void {
    this.#events.end(steps)
  }
}
