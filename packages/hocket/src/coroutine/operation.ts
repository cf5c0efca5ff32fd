import {
  type NativeTask,
  type OnFulfilled,
  type OnRejected,
  Reaction,
  resumeNative,
} from '../future/reaction.ts'
import { type Driver, finished, Suspension, suspended } from '../future/suspension.ts'
import type { Waiter } from '../future/waiter.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { parts } from '../loop/parts.ts'
import { awaitingStrand } from '../loop/running.ts'
import { Coroutine } from './coroutine.ts'

/** Given by an {@link Operation} that has to wait. */
export const pending: unique symbol = Symbol('pending')

/**
 * A coroutine of a library that is written as a state machine: for the one-liners of the hot path
 * (acquire, put, get), where a generator would cost several times what it does. It waits for one
 * {@link Waiter} at a time; what it does before and after is done in one step.
 *
 * @example
 * ```ts
 * import { LoopBound, Operation, pending, Waiter, WaitList } from 'hocket/lowlevel'
 *
 * class Pass extends Operation<string> {
 *   readonly name = 'Gate.pass'
 *   constructor(readonly gate: Gate) {
 *     super()
 *   }
 *   begin(): string | typeof pending {
 *     if (this.gate.isOpen) return 'walked through'
 *     const waiter = new Waiter(this.gate)
 *     this.gate.waiters.push(waiter)
 *     return this.waitFor(waiter)
 *   }
 *   goOn() {
 *     return 'waited'
 *   }
 *   giveUp(waiter: Waiter) {
 *     this.gate.waiters.leave(waiter)
 *   }
 * }
 *
 * class Gate extends LoopBound {
 *   isOpen = false
 *   readonly waiters = new WaitList()
 *   pass = () => new Pass(this)
 *   open() {
 *     this.isOpen = true
 *     while (this.waiters.wakeNext(undefined)) {}
 *   }
 * }
 *
 * const gate = new Gate()
 * await run(async () => {
 *   const task = createTask(gate.pass())
 *   await sleep(1)
 *   gate.open()
 *   return [await task, await gate.pass()]
 * }) // => ['waited', 'walked through']
 * ```
 */
export abstract class Operation<T> extends Coroutine<T> {
  /** @internal What it waits for, if it does. */
  declare _waiter: Waiter<unknown> | null

  constructor() {
    super()
    this._waiter = null
  }

  /** It is awaited. Gives the result, or `waitFor(…)`. */
  abstract begin(): T | typeof pending

  /** `waiter` was woken. Gives the result, or `waitFor(…)`. */
  abstract goOn(waiter: Waiter<unknown>): T | typeof pending

  /** The wait ends with an error, nearly always a CancelledError; `waiter` may have been woken. */
  abstract giveUp(waiter: Waiter<unknown>): void

  /** To be returned by `begin` and `goOn`. */
  waitFor(waiter: Waiter<unknown>): typeof pending {
    this._waiter = waiter
    return pending
  }

  /** @internal */
  _iterate(): Iterator<Suspension, T, unknown> {
    return new OperationRun(this)
  }

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = T, R2 = never>(
    onFulfilled?: OnFulfilled<T, R1>,
    onRejected?: OnRejected<R2>,
  ): PromiseLike<R1 | R2> {
    const task = awaitingStrand() as NativeTask | null
    if (task === null) {
      return parts.ensureFuture(this, getEventLoop()).then(onFulfilled, onRejected)
    }
    this._begin()
    return new OperationReaction(task, this, onFulfilled, onRejected)._begin() as PromiseLike<never>
  }
}

/**
 * An `await` of an operation by native code. One that has to wait goes on by itself: a driver with a
 * frame would be three objects more for each task that waits.
 */
class OperationReaction<T> extends Reaction<T> {
  declare readonly _task: NativeTask
  declare private readonly _operation: Operation<T>

  constructor(
    task: NativeTask,
    operation: Operation<T>,
    onFulfilled: OnFulfilled<T, unknown>,
    onRejected: OnRejected<unknown>,
  ) {
    super(task, onFulfilled, onRejected)
    this._operation = operation
  }

  get _loop(): EventLoop {
    return this._task._loop
  }

  _cancel(reason: unknown): boolean {
    return this._operation._waiter?.cancel(reason) ?? false
  }

  _target(): Waiter<unknown> | null {
    return this._operation._waiter
  }

  override _listFrames(): string[] {
    return [this._operation.name]
  }

  _run(): void {
    resumeNative(this._task, this._wake, this as Reaction<never>)
  }

  _begin(): this {
    this._goOn(null)
    return this
  }

  private _wake(): void {
    const operation = this._operation
    const waiter = operation._waiter as Waiter<unknown>
    this._task._removeWait(this as Reaction<never>)
    const late = this._takeLate(this._task, waiter)
    operation._waiter = null
    if (late === null && waiter.isWoken()) this._goOn(waiter)
    else this._giveUp(waiter, late ?? waiter._takeError())
  }

  /** The next step of the operation; the first one has no waiter. */
  private _goOn(woken: Waiter<unknown> | null): void {
    const operation = this._operation
    let result: T | typeof pending
    try {
      result = woken === null ? operation.begin() : operation.goOn(woken)
    } catch (error) {
      this._reject(error)
      return
    }
    if (result !== pending) {
      this._fulfil(result)
      return
    }
    const waiter = operation._waiter as Waiter<unknown>
    waiter._addWaiter(this)
    this._task._addWait(this as Reaction<never>, waiter)
  }

  private _giveUp(waiter: Waiter<unknown>, error: unknown): void {
    let outcome = error
    try {
      this._operation.giveUp(waiter)
    } catch (thrown) {
      outcome = thrown
    }
    this._reject(outcome)
  }
}

/** One `yield*` over an operation. */
class OperationRun<T> extends Suspension implements Iterator<Suspension, T, unknown> {
  declare private readonly _operation: Operation<T>

  constructor(operation: Operation<T>) {
    super()
    this._operation = operation
  }

  next(): IteratorResult<Suspension, T> {
    const operation = this._operation
    const waiter = operation._waiter
    let result: T | typeof pending
    if (waiter === null) result = operation.begin()
    else {
      operation._waiter = null
      if (!waiter.isWoken()) {
        operation.giveUp(waiter)
        throw waiter._takeError()
      }
      result = operation.goOn(waiter)
    }
    return result === pending ? suspended(this) : finished(result)
  }

  throw(error: unknown): never {
    const operation = this._operation
    const waiter = operation._waiter
    if (waiter !== null) {
      operation._waiter = null
      operation.giveUp(waiter)
    }
    throw error
  }

  _suspend(driver: Driver): boolean {
    driver._park(this._operation._waiter)
    return true
  }
}
