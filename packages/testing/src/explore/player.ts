import type { Task } from 'hocket'
import type { Runnable } from 'hocket/lowlevel'
import type { ExploredLoop } from './explored-loop.ts'
import { type Choice, cancelledBy, JUMP } from './schedule.ts'
import type { Point, Strategy } from './strategy.ts'
import { describeStep } from './trace.ts'

/** The reason of the cancellations that the explorer throws in. */
const INJECTED = 'cancelled by explore()'

/** Which tasks may be cancelled: all but the body's, or those with these names. */
export type Cancellable = boolean | readonly string[]

/** Has a loop run one schedule: asks the strategy at each step, and keeps what it chose. */
export class Player implements Point {
  readonly choices: Choice[] = []
  readonly trace: string[] | null
  /** Called before each step; what they throw is the failure. */
  readonly checks: (() => void)[] = []
  hasCancelled = false
  ready = 0
  at: (index: number) => Runnable

  readonly #loop: ExploredLoop
  readonly #strategy: Strategy
  readonly #cancellable: Cancellable
  readonly #maxSteps: number

  constructor(
    loop: ExploredLoop,
    strategy: Strategy,
    options: { cancellable: Cancellable; maxSteps: number; isTraced: boolean },
  ) {
    this.#loop = loop
    this.#strategy = strategy
    this.#cancellable = options.cancellable
    this.#maxSteps = options.maxSteps
    this.trace = options.isTraced ? [] : null
    this.at = (index) => loop._ready.at(index)
    loop._ready.chooser = (_count, at) => this.#play(at)
  }

  get step(): number {
    return this.choices.length
  }

  cancellable(): number[] {
    if (this.#cancellable === false) return []
    const found: number[] = []
    this.#loop.tasks.forEach((task, index) => {
      if (!task.done() && this.#mayCancel(task, index)) found.push(index)
    })
    return found
  }

  canJump(): boolean {
    const when = this.#loop._timers.next()
    return when !== Infinity && when > this.#loop.time()
  }

  /** Calls the checks; a failed one ends the run. */
  check(): void {
    try {
      for (const check of this.checks) check()
    } catch (error) {
      this.#loop._abort(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #play(at: (index: number) => Runnable): number {
    this.at = at
    this.check()
    for (;;) {
      if (this.choices.length >= this.#maxSteps) {
        this.#loop._abort(tooLong(this.#maxSteps))
        return 0
      }
      // All that is ready, and not only what is left of the iteration: callbacks of I/O may come at
      // any time, so no order among what is ready is given.
      this.ready = this.#loop._ready.length
      const choice = this.#strategy.choose(this)
      this.trace?.push(describeStep(choice, this, this.#loop))
      this.choices.push(choice)
      if (choice >= 0) return choice
      if (choice === JUMP) this.#jump()
      else this.#cancel(this.#loop.tasks[cancelledBy(choice)] as Task<unknown>)
    }
  }

  #jump(): void {
    const { _timers: timers, _ready: queue, host } = this.#loop
    const when = timers.next()
    host.advance?.(when)
    for (let timer = timers.takeDue(when); timer !== undefined; timer = timers.takeDue(when)) {
      queue.push(timer)
    }
  }

  #cancel(task: Task<unknown>): void {
    this.hasCancelled = true
    task.cancel(INJECTED)
  }

  #mayCancel(task: Task<unknown>, index: number): boolean {
    if (typeof this.#cancellable === 'boolean') return index > 0
    return this.#cancellable.includes(task.getName())
  }
}

/** The body takes more steps than it is given. */
function tooLong(maxSteps: number): Error {
  const error = new Error(
    `it had not ended after ${maxSteps} steps: a task may be waiting for another one by sleep(0) in a loop; if it only takes long, raise maxSteps`,
  )
  return Object.assign(error, { name: 'TooLong' })
}
