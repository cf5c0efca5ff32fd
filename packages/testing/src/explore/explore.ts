import type { Host } from 'hocket'
import { createHost } from 'hocket/lowlevel'
import { Exhaustive } from './exhaustive.ts'
import { BareHost, QuickHost } from './hosts.ts'
import { type ExploredBody, type Outcome, play, playSync } from './play.ts'
import type { Cancellable } from './player.ts'
import { Priority } from './priority.ts'
import { RandomWalk } from './random.ts'
import { Replay } from './replay.ts'
import { decodeSchedule, encodeSchedule } from './schedule.ts'
import { ScheduleError } from './schedule-error.ts'
import { shrink } from './shrink.ts'
import type { Bounds, Strategy } from './strategy.ts'

/** How `explore` makes schedules. */
export interface ExploreOptions {
  /** How many are played at most; 1,000 when left out. */
  schedules?: number
  /**
   * `'exhaustive'`: FIFO order, then all that depart from it once, then twice, … up to the bounds.
   * `'random'`: casts lots at each step. `'priority'`: tasks of random priority. `'mixed'`, the
   * default: half of the schedules exhaustive, the rest of the other two in turn.
   */
  strategy?: 'exhaustive' | 'random' | 'priority' | 'mixed'
  /** Of what is random; the same seed gives the same schedules. 1 when left out. */
  seed?: number
  /** How often `'exhaustive'` and `'priority'` run another handle than is due; 2 when left out. */
  preemptions?: number
  /** Cancels tasks at their suspensions: any but the body's own, or those with these names. */
  cancel?: boolean | readonly string[]
  /** How many cancellations one schedule has at most; 1 when `cancel` is given. */
  cancels?: number
  /** How often time may jump to the next deadline while something is ready; 0 when left out. */
  jumps?: number
  /** How many steps one schedule may take; 10,000 when left out. */
  maxSteps?: number
  /** Plays this one schedule, from the report of a failure, and nothing else. */
  replay?: string
}

/** What `explore` has done. */
export interface Exploration {
  /** How many schedules were played. */
  readonly schedules: number
  /** Every schedule within the bounds was played. */
  readonly isComplete: boolean
  /** How many steps the longest one took. */
  readonly steps: number
}

// The host gets a turn this often, in ms, where everything else is synchronous.
const BREATH_MS = 50

/**
 * Plays a program under many schedules, by choosing what runs next among all that is ready, and
 * fails with the first schedule under which the program fails. Time is virtual.
 *
 * A schedule fails if the body throws, if a check of `run.always` or `run.atEnd` throws, in a
 * deadlock, if tasks are left when the body has ended, and if anything is reported to the loop's
 * exception handler: an exception that nobody looked at, a coroutine that nobody awaited. With
 * `cancel`, tasks are cancelled at their suspension points, too; a body that ends cancelled then is
 * no failure. The same steps must give the same program: no real time, no `Math.random`.
 *
 * Bodies of generator coroutines are several times faster than those with async functions.
 *
 * @throws {@link ScheduleError} if a schedule fails; it names the schedule, and shows it
 * @throws {@link RangeError} if `replay` is no schedule of this body
 *
 * @example
 * ```ts
 * const body = function* () {
 *   let balance = 100
 *   const pay = coroutine(function* (amount: number) {
 *     const read = balance
 *     yield* sleep(0)
 *     balance = read - amount
 *   })
 *   const tasks = [createTask(pay(1)), createTask(pay(2))]
 *   for (const task of tasks) yield* task
 *   if (balance !== 97) throw new Error(`${balance} are left`)
 * }
 * const failure = await explore(body).catch((error: ScheduleError) => error)
 * failure instanceof ScheduleError && failure.schedule // => '0'
 * ```
 */
export async function explore(
  body: ExploredBody,
  options: ExploreOptions = {},
): Promise<Exploration> {
  return await new Explorer(body, options).run()
}

class Explorer {
  readonly #body: ExploredBody
  readonly #options: ExploreOptions
  readonly #cancellable: Cancellable
  readonly #bounds: Bounds
  #isSync: boolean
  #played = 0
  #steps = 0
  #breath = 0

  constructor(body: ExploredBody, options: ExploreOptions) {
    if (typeof body !== 'function') {
      throw new TypeError(
        `explore() expected a function that makes the program anew for each schedule, got ${body === null ? 'null' : `a ${typeof body}`}`,
      )
    }
    this.#body = body
    this.#options = options
    this.#cancellable = options.cancel ?? false
    this.#bounds = {
      preemptions: checkCount(options.preemptions ?? 2, 'preemptions'),
      cancels: checkCount(options.cancel ? (options.cancels ?? 1) : 0, 'cancels'),
      jumps: checkCount(options.jumps ?? 0, 'jumps'),
    }
    this.#isSync = body.constructor.name !== 'AsyncFunction'
  }

  async run(): Promise<Exploration> {
    const { replay, schedules = 1000 } = this.#options
    if (replay !== undefined) return await this.#replay(replay)
    checkCount(schedules, 'schedules')
    const host = createHost()
    this.#breath = host.now()
    let isComplete = false
    for (const { strategy, share } of this.#plan(schedules)) {
      const end = Math.min(this.#played + share, schedules)
      while (this.#played < end) {
        if (!strategy.begin()) {
          isComplete = true
          break
        }
        this.#played += 1
        const outcome = await this.#play(strategy)
        if (outcome.failure !== null) await this.#fail(outcome)
        await this.#breathe(host)
      }
      if (isComplete && this.#options.strategy === 'exhaustive') break
    }
    return { schedules: this.#played, isComplete, steps: this.#steps }
  }

  #plan(schedules: number): { strategy: Strategy; share: number }[] {
    const { strategy = 'mixed', seed = 1 } = this.#options
    const bounds = this.#bounds
    if (strategy === 'exhaustive') return [{ strategy: new Exhaustive(bounds), share: schedules }]
    if (strategy === 'random') return [{ strategy: new RandomWalk(bounds, seed), share: schedules }]
    if (strategy === 'priority') return [{ strategy: new Priority(bounds, seed), share: schedules }]
    if (strategy !== 'mixed') {
      throw new TypeError(
        `explore() knows the strategies exhaustive, random, priority and mixed, got '${String(strategy)}'`,
      )
    }
    const half = Math.ceil(schedules / 2)
    const rest = Math.ceil((schedules - half) / 2)
    return [
      { strategy: new Exhaustive(bounds), share: half },
      { strategy: new RandomWalk(bounds, seed), share: rest },
      { strategy: new Priority(bounds, seed), share: rest },
    ]
  }

  async #replay(text: string): Promise<Exploration> {
    const strategy = new Replay(decodeSchedule(text))
    strategy.begin()
    this.#played = 1
    const outcome = await this.#play(strategy, true)
    if (strategy.misfit !== null) {
      throw new RangeError(
        `the schedule '${text}' does not fit this body at ${strategy.misfit}: it is of another program, or of other options`,
        outcome.failure === null ? undefined : { cause: outcome.failure.error },
      )
    }
    if (outcome.failure !== null) throw this.#errorOf(outcome)
    return { schedules: 1, isComplete: false, steps: this.#steps }
  }

  async #play(strategy: Strategy, isTraced = false): Promise<Outcome> {
    const host: Host = this.#isSync ? new BareHost() : new QuickHost()
    const options = {
      body: this.#body,
      cancellable: this.#cancellable,
      maxSteps: this.#options.maxSteps ?? 10_000,
      isTraced,
      host,
    }
    const outcome = this.#isSync ? playSync(strategy, options) : await play(strategy, options)
    if (outcome === null) {
      this.#isSync = false
      strategy.again()
      return await this.#play(strategy, isTraced)
    }
    this.#steps = Math.max(this.#steps, outcome.choices.length)
    return outcome
  }

  /** Plays it once more, as simple as it can be made, with its trace. */
  async #fail(outcome: Outcome): Promise<never> {
    const simplest = await shrink(outcome, (strategy) => this.#play(strategy))
    const traced = await this.#play(new Replay(simplest.choices), true)
    if (traced.failure === null) {
      throw new ScheduleError(
        encodeSchedule(outcome.choices),
        ['  (the same schedule did not fail again: the body does not do the same thing each time)'],
        this.#played,
        outcome.failure?.error,
      )
    }
    throw this.#errorOf(traced)
  }

  #errorOf({ choices, trace, failure }: Outcome): ScheduleError {
    return new ScheduleError(encodeSchedule(choices), trace, this.#played, failure?.error)
  }

  async #breathe(host: Host): Promise<void> {
    if (!this.#isSync || host.now() - this.#breath < BREATH_MS) return
    await new Promise<void>((resolve) => {
      host.requestTurn(resolve)
    })
    this.#breath = host.now()
  }
}

function checkCount(value: number, name: string): number {
  if (Number.isInteger(value) && value >= 0) return value
  throw new RangeError(`explore() expected ${name} to be a whole number from 0, got ${value}`)
}
