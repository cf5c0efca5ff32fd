import { type Choice, cancelledBy, JUMP } from './schedule.ts'
import type { Point, Strategy } from './strategy.ts'

/** One given schedule. */
export class Replay implements Strategy {
  readonly #choices: readonly Choice[]
  readonly #isLenient: boolean
  #next = 0
  #hasBegun = false
  /** What of the schedule was not possible, in words. */
  misfit: string | null = null

  /** Where `isLenient`, choices that are not possible are left out. */
  constructor(choices: readonly Choice[], options: { isLenient?: boolean } = {}) {
    this.#choices = choices
    this.#isLenient = options.isLenient ?? false
  }

  begin(): boolean {
    if (this.#hasBegun) return false
    this.#hasBegun = true
    return true
  }

  again(): void {
    this.#next = 0
    this.misfit = null
  }

  choose(point: Point): Choice {
    while (this.#next < this.#choices.length) {
      const choice = this.#choices[this.#next] as Choice
      this.#next += 1
      const problem = whyNot(choice, point)
      if (problem === null) return choice
      if (!this.#isLenient) this.misfit ??= `choice ${this.#next}: ${problem}`
      if (choice >= 0) return 0
    }
    return 0
  }

  end(): void {
    const left = this.#choices.slice(this.#next).filter((choice) => choice !== 0).length
    if (left > 0 && !this.#isLenient) {
      this.misfit ??= `the body ended before choice ${this.#next + 1} of ${this.#choices.length}`
    }
  }
}

function whyNot(choice: Choice, point: Point): string | null {
  if (choice >= 0) {
    return choice < point.ready ? null : `handle ${choice} of ${point.ready} that are ready`
  }
  if (choice === JUMP) return point.canJump() ? null : 'time to pass, and there is no deadline'
  const task = cancelledBy(choice)
  return point.cancellable().includes(task)
    ? null
    : `task ${task} to be cancelled, which is done, not made yet, or not to be cancelled`
}
