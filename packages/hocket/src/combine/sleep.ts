import { Coroutine } from '../coroutine/coroutine.ts'
import { Future } from '../future/future.ts'
import { FutureWait } from '../future/future-wait.ts'
import {
  type NativeTask,
  type OnFulfilled,
  type OnRejected,
  Reaction,
  resumeNative,
} from '../future/reaction.ts'
import { type Driver, finished, kResumed, Suspension, suspended } from '../future/suspension.ts'
import { checkTime } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { parts } from '../loop/parts.ts'
import { awaitingStrand, getRunningLoop } from '../loop/running.ts'
import type { Timer, TimerLink } from '../loop/timer-queue.ts'

/** A future that is its own timer. */
class SleepFuture<R> extends Future<R> implements Timer {
  declare readonly _when: number
  declare _order: number
  declare _previous: TimerLink | null
  declare _next: TimerLink | null

  constructor(loop: EventLoop, delay: number, value: R) {
    super(loop._asOption)
    loop._checkOpen()
    this._when = loop.time() + delay
    this._order = -1
    this._previous = null
    this._next = null
    this._preset(value)
    loop._timers.push(this as SleepFuture<unknown>, delay)
    loop._wake()
  }

  override cancel(reason?: unknown): boolean {
    const isCancelled = super.cancel(reason)
    if (isCancelled) this._loop._timers.noteCancelled(this as SleepFuture<unknown>)
    return isCancelled
  }

  _isCancelled(): boolean {
    return this.cancelled()
  }

  _run(): void {
    if (!this.done()) this._resolvePreset()
  }

  override _describeSubject(): string {
    return 'a timer'
  }
}

const given: IteratorReturnResult<undefined> = finished(undefined)

/** `yield* sleep(0)`: gives way for one iteration. It has no state of its own, so one is enough. */
class GiveWay extends Suspension implements Iterator<Suspension, undefined, unknown> {
  next(value?: unknown): IteratorResult<Suspension, undefined> {
    return value === kResumed ? given : suspended(this)
  }

  throw(error: unknown): never {
    throw error
  }

  _suspend(driver: Driver): boolean {
    driver._park(null)
    return true
  }
}

const giveWay = new GiveWay()

/** `yield* sleep(0, value)`. */
class GiveWayFor<R> extends Suspension implements Iterator<Suspension, R, unknown> {
  declare private readonly _value: R

  constructor(value: R) {
    super()
    this._value = value
  }

  next(value?: unknown): IteratorResult<Suspension, R> {
    return value === kResumed ? finished(this._value) : suspended(this)
  }

  throw(error: unknown): never {
    throw error
  }

  _suspend(driver: Driver): boolean {
    driver._park(null)
    return true
  }
}

/** `await sleep(0)`. */
class GiveWayReaction<R> extends Reaction<R> {
  declare private readonly _value: R

  constructor(
    task: NativeTask,
    value: R,
    onFulfilled: OnFulfilled<R, unknown>,
    onRejected: OnRejected<unknown>,
  ) {
    super(task, onFulfilled, onRejected)
    this._value = value
    task._loop._enqueue(this)
    task._addWait(this as Reaction<never>, null)
  }

  get _loop(): EventLoop {
    return (this._task as NativeTask)._loop
  }

  /** As in asyncio, it can't be cancelled: the task throws at its next suspension, which this is. */
  _cancel(): boolean {
    return false
  }

  _target(): null {
    return null
  }

  _run(): void {
    resumeNative(this._task as NativeTask, this._wake, this as Reaction<never>)
  }

  private _wake(): void {
    const task = this._task as NativeTask
    task._removeWait(this as Reaction<never>)
    const late = this._takeLate(task, null)
    if (late === null) this._fulfil(this._value)
    else this._reject(late)
  }
}

class Sleep<R> extends Coroutine<R> {
  declare private readonly _delay: number
  declare private readonly _value: R

  constructor(delay: number, value: R) {
    super()
    this._delay = delay
    this._value = value
  }

  get name(): string {
    return 'sleep'
  }

  /** @internal */
  _iterate(): Iterator<Suspension, R, unknown> {
    if (typeof this._delay === 'number' && this._delay <= 0 && this._value === undefined) {
      return giveWay as Iterator<Suspension, undefined, unknown> as Iterator<Suspension, R, unknown>
    }
    checkTime(this._delay, 'sleep', 'a delay')
    return this._delay > 0
      ? new FutureWait(this._timer(getRunningLoop()))
      : new GiveWayFor(this._value)
  }

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = R, R2 = never>(
    onFulfilled?: OnFulfilled<R, R1>,
    onRejected?: OnRejected<R2>,
  ): PromiseLike<R1 | R2> {
    const task = awaitingStrand() as NativeTask | null
    if (task === null) {
      return parts.ensureFuture(this, getEventLoop()).then(onFulfilled, onRejected)
    }
    this._begin()
    checkTime(this._delay, 'sleep', 'a delay')
    if (this._delay > 0) return this._timer(task._loop).then(onFulfilled, onRejected)
    return new GiveWayReaction(task, this._value, onFulfilled, onRejected) as PromiseLike<never>
  }

  private _timer(loop: EventLoop): SleepFuture<R> {
    return new SleepFuture(loop, this._delay, this._value)
  }
}

/**
 * Suspends the task for `delay` ms, never for less, and gives `result`. With 0 or less it gives way
 * for exactly one iteration of the loop. Cancelling the task ends it at once and drops the timer.
 * `Infinity` sleeps until the task is cancelled. asyncio.sleep, CPython 3.13.
 *
 * @throws {@link RangeError} if `delay` is NaN, when it is awaited
 *
 * @example
 * ```ts
 * await run(async () => await sleep(10, 'awake')) // => 'awake'
 * ```
 */
export function sleep(delay: number): Coroutine<void>
export function sleep<R>(delay: number, result: R): Coroutine<R>
export function sleep(delay: number, result?: unknown): Coroutine<unknown> {
  return new Sleep(delay, result)
}
