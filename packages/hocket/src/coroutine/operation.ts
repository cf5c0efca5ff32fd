import { type NativeTask, type OnFulfilled, type OnRejected, Reaction } from '../future/reaction.ts'
import { type Driver, finished, Suspension, suspended } from '../future/suspension.ts'
import type { Waiter } from '../future/waiter.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { parts } from '../loop/parts.ts'
import { awaitingStrand } from '../loop/running.ts'
import { Coroutine } from './coroutine.ts'
import { BareFrame, type Body } from './frame.ts'
import { GeneratorStrand } from './generator-strand.ts'

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
    // Nearly always it need not wait, and then nothing of what follows is needed.
    let result: T | typeof pending
    try {
      result = this.begin()
    } catch (error) {
      const failed = new DoneReaction(task, onFulfilled, onRejected)
      failed._reject(error)
      return failed as PromiseLike<never>
    }
    if (result !== pending) {
      const done = new DoneReaction(task, onFulfilled, onRejected)
      done._fulfil(result)
      return done as PromiseLike<never>
    }
    const frame = new BareFrame(this._iterate() as Iterator<unknown, unknown> as Body, this.name)
    return new GeneratorStrand(task, frame, onFulfilled as never, onRejected) as PromiseLike<never>
  }
}

/** An `await` of an operation that did not have to wait. */
class DoneReaction<T> extends Reaction<T> {
  declare readonly _task: NativeTask

  get _loop(): EventLoop {
    return this._task._loop
  }

  _cancel(): boolean {
    return false
  }

  _target(): null {
    return null
  }

  _run(): void {}
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
      // An await by native code has begun it already.
      if (!waiter.done()) return suspended(this)
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
