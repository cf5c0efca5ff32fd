import { createHost } from '#platform'
import type { SlowReport } from './debug.ts'
import type { EventLoop } from './event-loop.ts'
import type { Host } from './host.ts'
import { ReadyQueue } from './ready-queue.ts'
import { type Strand, setUntracked, setUntrackedTask } from './running.ts'
import { TimerQueue } from './timer-queue.ts'

const settled = Promise.resolve()

/** Stands where a native step would: nothing else may run. */
const aborting = {} as Strand

/**
 * Runs the handles of an iteration, one step after the other.
 *
 * A handle that resumes native async code is followed by the next one only when that code has reached
 * its next suspension: either the step says so itself (`_stepEnded`), or the microtask queue runs dry,
 * which means that it awaits something foreign.
 */
export abstract class Stepper {
  /** What the loop stands on. */
  readonly host: Host
  /** @internal */ readonly _ready: ReadyQueue = new ReadyQueue()
  /** @internal */ readonly _timers: TimerQueue = new TimerQueue()
  /** @internal The task whose native step must end before the next handle starts. */
  _native: Strand | null = null
  /** @internal Present in debug mode. */ _slow: SlowReport | null = null
  /** @internal For the constructors of futures, without a new object for each. */
  readonly _asOption: { loop: EventLoop }

  protected _iterations = 0
  /** What a step has asked the run to end with. */
  protected _fatal: Error | null = null
  #batch = 0
  // The drain has returned and waits for the end of a native step.
  #waiting = false
  #watchdog = false
  // Calls #resume one microtask later.
  readonly #hop: () => void

  constructor(host: Host | undefined) {
    this.host = host ?? createHost()
    this._asOption = { loop: this._asLoop() }
    const resume = () => this.#resume()
    this.#hop = this.host.strands?.createHop?.(resume) ?? (() => void settled.then(resume))
  }

  /** A native step has ended; the iteration goes on. */
  protected abstract _continue(): void

  /** There is something to do, if not in this turn then in one of its own. */
  protected abstract _continueLater(): void

  /**
   * @internal `strand` has come to a suspension or to its end. The next handle follows one microtask
   * later: the other awaits of a `Promise.all` register first, and code that calls `.then(…)` itself
   * is not interrupted.
   */
  _stepEnded(strand: Strand): void {
    if (this._native !== strand) return
    this._native = null
    if (this.#waiting) this.#hop()
  }

  /**
   * @internal Ends the run with `error` as soon as the current step is over; what is ready stays. As
   * KeyboardInterrupt escapes asyncio's loop.
   */
  _abort(error: Error): void {
    this._fatal = error
    this._native = aborting
    if (this.#waiting) this.#hop()
    else this._continueLater()
  }

  protected _beginIteration(): void {
    this._iterations += 1
    if (this._timers.size > 0) {
      const now = this.host.now()
      for (;;) {
        const timer = this._timers.takeDue(now)
        if (timer === undefined) break
        this._ready.push(timer)
      }
    }
    this.#batch = this._ready.length
    this._slow?.iterationBegins()
  }

  /** Runs what is left of the iteration; true when a native step has to end first. */
  protected _runBatch(): boolean {
    if (this._slow !== null || this._ready.chooser !== null) return this.#runBatchWatched()
    const ready = this._ready
    let left = this.#batch
    while (left > 0) {
      left -= 1
      ready.shift()._run()
      if (this._native !== null) break
    }
    this.#batch = left
    return this._native !== null
  }

  #runBatchWatched(): boolean {
    while (this.#batch > 0 && this._native === null) {
      const runnable = this._ready.takeNext(this.#batch)
      this.#batch -= 1
      if (this._slow === null) runnable._run()
      else this._slow.run(runnable)
    }
    return this._native !== null
  }

  protected _waitForNative(): void {
    this.#waiting = true
    if (this.host.strands === null) setUntrackedTask(this._native)
    if (this.#watchdog) return
    // Armed from a microtask: what a nextTick callback schedules by nextTick would run before them.
    this.#watchdog = true
    void settled.then(this.#armWatchdog)
  }

  readonly #armWatchdog = (): void => this.host.afterMicrotasks(this.#onDry)

  readonly #onDry = (): void => {
    this.#watchdog = false
    const strand = this._native
    if (!this.#waiting || strand === null) return
    this._native = null
    strand._enterForeign()
    this.#resume()
  }

  #resume(): void {
    if (!this.#waiting) return
    this.#waiting = false
    if (this.host.strands === null) setUntracked(null)
    this._slow?.stepEnds()
    this._continue()
  }

  protected _forget(): void {
    if (this.host.strands === null) setUntracked(null)
    this.#batch = 0
    this.#waiting = false
    this._native = null
    this._fatal = null
  }

  protected _asLoop(): EventLoop {
    return this as unknown as EventLoop
  }
}
