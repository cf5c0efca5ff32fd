import { enterContext } from '../context/context-var.ts'
import { DeadlockError, RuntimeError } from '../errors/errors.ts'
import type { ExceptionContext } from './exception-handler.ts'
import type { Runnable } from './handle.ts'
import { parts } from './parts.ts'
import { enterLoop, leaveLoop, setUntracked } from './running.ts'
import { Stepper } from './stepper.ts'

// How long a loop goes on before the host polls I/O again. One iteration a turn, as asyncio does it,
// would cost 1–2 µs each; so a socket waits for this long at most, or for one iteration.
const SLICE_MS = 1
const SLICE_ITERATIONS = 64

/**
 * The life of a loop, and its turns: from the host's call to the moment when nothing is ready or the
 * slice is over.
 */
export abstract class Scheduler extends Stepper {
  /** @internal Awaits of foreign promises that are under way. */ _foreign = 0
  #sliceEnd = 0
  #sliceIterations = 0
  #running = false
  #stopping = false
  #closed = false
  #inTurn = false
  #turnRequested = false
  #parked = false
  #ended: { resolve: () => void; reject: (error: unknown) => void } | null = null
  #stopIdle: (() => void) | null = null

  abstract callExceptionHandler(context: ExceptionContext): void

  /**
   * Runs until `stop()`. After a `stop()` in advance, exactly one iteration runs.
   *
   * @throws {@link RuntimeError} if the loop is closed or is running
   * @throws {@link DeadlockError} if nothing can ever happen again
   */
  runForever(): Promise<void> {
    this.#start()
    this.#stopIdle = this.host.onIdle(() => this.#onIdle())
    const ended = new Promise<void>((resolve, reject) => {
      this.#ended = { resolve, reject }
    })
    this.#requestTurn()
    return ended
  }

  /** Ends `runForever()` when the current iteration is over. */
  stop(): void {
    this.#stopping = true
    this._wake()
  }

  isRunning(): boolean {
    return this.#running
  }

  isClosed(): boolean {
    return this.#closed
  }

  /**
   * Drops what is ready and scheduled; a second call does nothing. `run()` closes its loop in an
   * orderly way first.
   *
   * @throws {@link RuntimeError} if the loop is running
   */
  close(): void {
    if (this.#running) {
      throw new RuntimeError('cannot close a running event loop: stop() it and await its end first')
    }
    if (this.#closed) return
    this.#closed = true
    this._ready.clear()
    this._timers.clear()
    parts.endLoop(this._asLoop())
  }

  /** Counts for debugging and tests; an iteration is what one `_run_once` is in asyncio. */
  statistics(): Readonly<{ iterations: number; ready: number; timers: number; foreign: number }> {
    return Object.freeze({
      iterations: this._iterations,
      ready: this._ready.length,
      timers: this._timers.size,
      foreign: this._foreign,
    })
  }

  /** @internal */
  _enqueue(runnable: Runnable): void {
    if (!this.#inTurn) {
      this._checkOpen()
      this._wake()
    }
    this._ready.push(runnable)
  }

  /** @internal There may be something to do before the deadline that the host waits for. */
  _wake(): void {
    if (this.#running && !this.#inTurn) this.#requestTurn()
  }

  /** @internal A foreign await is over: nothing may hold the virtual clock any more. */
  _endForeign(): void {
    this._foreign -= 1
    if (this.#parked) this._wake()
  }

  /** @internal Runs from now on whenever there is something to do, until the process ends. */
  _attach(): void {
    this.#start()
    this._wake()
  }

  /** @internal Runs until `isDone()` without the host. Where something needs it: why. */
  _runSync(isDone: () => boolean): void {
    this.#start()
    this.#inTurn = true
    const outer = enterLoop(this._asLoop())
    const outerContext = enterContext(null)
    parts.beginTurn(this._asLoop())
    try {
      while (!isDone() && !this.#stopping) {
        if (this._ready.length === 0) this.#advanceSync()
        this._beginIteration()
        const isNative = this._runBatch()
        if (this._fatal !== null) throw this._fatal
        if (isNative) {
          throw new RuntimeError(
            `runSync() can't run an async function (${this._native}): its awaits need the host's microtasks. Write it as a generator coroutine, or use run()`,
          )
        }
        parts.endIteration(this._asLoop())
      }
    } finally {
      enterContext(outerContext)
      leaveLoop(outer)
      this.#finish()
    }
  }

  /** @internal */
  _checkOpen(): void {
    if (this.#closed) {
      throw new RuntimeError('the event loop is closed: use one that is running, or run() again', {
        code: 'ERR_LOOP_CLOSED',
      })
    }
  }

  #start(): void {
    this._checkStart()
    this.#running = true
  }

  /** @internal */
  _checkStart(): void {
    this._checkOpen()
    if (this.#running) {
      throw new RuntimeError(
        'this event loop is already running: await something in it, or run() another one',
      )
    }
  }

  #finish(): void {
    this._forget()
    this.#running = false
    this.#stopping = false
    this.#inTurn = false
    this.#stopIdle?.()
    this.#stopIdle = null
    parts.endIteration(null)
    this.host.cancelWait()
  }

  #end(error = this._fatal): void {
    const ended = this.#ended
    this.#ended = null
    if (ended === null) {
      // The default loop has nobody to go back to: it goes on.
      this.#stopping = false
      this.#inTurn = false
      this.#plan()
      return
    }
    this.#finish()
    if (error === null) ended.resolve()
    else ended.reject(error)
  }

  #requestTurn(): void {
    if (this.#turnRequested) return
    this.#turnRequested = true
    this.host.requestTurn(this.#turn)
  }

  // Loops run in the root context of the platform, whoever has woken them: a task that carries no
  // AsyncLocalStorage values must not see those of another one.
  readonly #turn = (): void => this.#enterRoot(this.#runTurn)

  #enterRoot(run: (this: this) => void): void {
    if (this.host.strands === null) run.call(this)
    else this.host.strands.runInRoot(run as (this: unknown) => void, this)
  }

  #runTurn(): void {
    this.#turnRequested = false
    if (!this.#running || this.#inTurn) return
    this.#parked = false
    if (this._fatal !== null) {
      this.#end()
      return
    }
    if (this._ready.length === 0 && !this.#stopping && !this.#advance()) return
    this.#inTurn = true
    this.#sliceIterations = 0
    this.#sliceEnd = this.host.now() + SLICE_MS
    this._beginIteration()
    this.#drain()
  }

  protected override _continueLater(): void {
    this._wake()
  }

  protected override _continue(): void {
    this.#enterRoot(this.#drain)
  }

  #drain(): void {
    const outer = enterLoop(this._asLoop())
    parts.beginTurn(this._asLoop())
    try {
      for (;;) {
        if (this._fatal === null && this._runBatch() && this._fatal === null) {
          this._waitForNative()
          return
        }
        // Whatever a step has called is over: from here on, code outside belongs to nobody.
        if (this.host.strands === null) setUntracked(null)
        this._slow?.iterationEnds()
        parts.endIteration(this._asLoop())
        if (this.#stopping || this._fatal !== null) {
          this.#end()
          return
        }
        if (this._ready.length === 0 || this.#isSliceOver()) break
        this._beginIteration()
      }
    } finally {
      leaveLoop(outer)
    }
    this.#inTurn = false
    this.#plan()
  }

  #isSliceOver(): boolean {
    this.#sliceIterations += 1
    if (this.#sliceIterations >= SLICE_ITERATIONS) return true
    return (this.#sliceIterations & 7) === 0 && this.host.now() >= this.#sliceEnd
  }

  /** The turn is over: what calls in next? */
  #plan(): void {
    // Before virtual time jumps, one turn of the real host lets settled promises in.
    if (this._ready.length > 0 || this.host.advance !== undefined) this.#requestTurn()
    else this.host.wait(this._timers.next(), this.#turn)
  }

  /** Nothing is ready. Moves virtual time; false when there is nothing to run all the same. */
  #advance(): boolean {
    if (this.host.advance === undefined) return true
    const when = this._timers.next()
    if (when > this.host.now()) {
      if (this._foreign > 0) {
        this.#parked = true
        return false
      }
      if (when === Infinity) {
        this.#deadlock()
        return false
      }
      this.host.advance(when)
    }
    return true
  }

  #advanceSync(): void {
    const when = this._timers.next()
    if (when === Infinity && this._foreign > 0) {
      throw new RuntimeError(
        "runSync() can't wait for a promise: it settles on the host only. Use run()",
      )
    }
    if (when === Infinity) throw new DeadlockError(parts.describeDeadlock(this._asLoop()))
    if (when <= this.host.now()) return
    if (this.host.advance === undefined) {
      throw new RuntimeError(
        `runSync() can't wait for a timer (${when - this.host.now()} ms from now): time passes on the host only. Use run(), or a loop on a virtual clock`,
      )
    }
    this.host.advance(when)
  }

  #onIdle(): void {
    if (!this.#running || this.#inTurn || this.#turnRequested || this._ready.length > 0) return
    const when = this._timers.next()
    if (when === Infinity) {
      this.#deadlock()
    } else if (this.host.advance !== undefined) {
      // What is foreign can never come; the timers can.
      this.host.advance(when)
      this.#requestTurn()
    }
  }

  #deadlock(): void {
    // A loop that nobody awaits (the default one) has nobody to tell; its tasks stay as they are.
    if (this.#ended !== null) this.#end(new DeadlockError(parts.describeDeadlock(this._asLoop())))
  }
}
