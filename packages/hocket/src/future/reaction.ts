import type { Linked } from '../base/linked-list.ts'
import type { CancelledError } from '../errors/errors.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import type { AsyncScope } from '../loop/host.ts'
import { type Strand, setStrand, setUntracked } from '../loop/running.ts'
import type { Cancellation } from './cancellation.ts'
import type { Future } from './future.ts'
import type { NativeState } from './native-state.ts'
import { findCancellation, type Scope } from './scope.ts'

export type OnFulfilled<T, R> = ((value: T) => R | PromiseLike<R>) | null | undefined
export type OnRejected<R> = ((error: unknown) => R | PromiseLike<R>) | null | undefined

/** A task, or a strand of it with scopes of its own, as the awaits of its native async code see it. */
export interface NativeTask extends Strand {
  readonly _task: NativeTask
  readonly _scope: AsyncScope | null
  /** The innermost scope that its code is in. */
  _inner: Scope | null
  /** A cancellation that nothing could accept when it came. */
  _late: Cancellation | null
  /** Asks what is awaited inside `scope` to cancel, once. */
  _deliver(cancellation: Cancellation, scope: Scope | null): void
  /** The same, but each further suspension inside `scope` will throw anyway. */
  _deliverLevel(cancellation: Cancellation, scope: Scope): void
  /** One more `cancel()`, of what is inside `scope` alone. */
  _requestInside(cancellation: Cancellation, scope: Scope): void
  /**
   * How many requests to cancel are not undone, leaving out those of strands beside the one that asks:
   * `inside` is how many strands inside this one have made, from that one outwards.
   */
  _cancelling(inside?: number): number
  /** Undoes one, and gives how many are left. */
  _uncancel(): number
  /** What it keeps for its native code, made now if it must be. */
  _nativeState(): NativeState
  /** Its code has come to this await: the step is over. */
  _addWait(reaction: Reaction<never>, future: Future<unknown> | null): void
  /** The same without its consequences. */
  _pushWait(reaction: Reaction<never>): void
  _removeWait(reaction: Reaction<never>): void
  /** A cancellation that came while nothing could accept it, to be thrown now. */
  _takeLate(future: Future<unknown> | null): CancelledError | null
  /** Its signal, or that of a scope, has been asked for. */
  _noteSignalled(): void
  /** One of the awaits of its native code wakes. */
  _wake(): void
  /** Its native code has gone on. */
  _noteGoingOn(): void
  /** Awaits `future`, or the next iteration: gives what has to be thrown then. */
  _meet(future: Future<unknown> | null): Cancellation | null
  /** The same without what its scopes throw. */
  _offerLate(future: Future<unknown> | null): Cancellation | null
  _endStep(): void
  _noteRequest(cancellation: Cancellation): void
  /** Its native code is about to go on: the next handle waits for the end of that step. */
  _resumesNative(): void
  /** The loop waits for the end of a native step of this task. */
  _isInStep(): boolean
  /** A coroutine is called inside its native code, for the stack; gives back how it is left. */
  _enterCall(name: string, outer?: string[]): NativeFrame
  _leaveCall(frame: NativeFrame): void
}

/** An async-function coroutine that is under way inside a task. */
export class NativeFrame implements Linked<NativeFrame> {
  previous: NativeFrame | null = null
  next: NativeFrame | null = null
  /** Its name, behind those of generator coroutines that have called it. */
  readonly names: readonly string[]

  constructor(name: string, outer: string[]) {
    this.names = [...outer, name]
  }
}

/**
 * What `then` was called with: an await of native code, or a plain `.then(callback)`.
 *
 * It is what `then` gives back, too. A promise of the callback's result is made only for who asks
 * for it, which an `await` never does.
 */
export abstract class Reaction<T> implements Runnable, Linked<Reaction<never>> {
  declare previous: Reaction<never> | null
  declare next: Reaction<never> | null
  /** The task that awaits; null outside any. */
  declare readonly _task: NativeTask | null
  /** A cancellation for this strand alone. */
  declare _turn: Cancellation | null
  declare private readonly _onFulfilled: OnFulfilled<T, unknown>
  declare private readonly _onRejected: OnRejected<unknown>
  // What became of the callback: null as long as nobody knows or asks.
  declare private _outcome: Deferred | Promise<unknown> | null

  constructor(
    task: NativeTask | null,
    onFulfilled: OnFulfilled<T, unknown>,
    onRejected: OnRejected<unknown>,
  ) {
    this.previous = null
    this.next = null
    this._task = task
    this._onFulfilled = onFulfilled
    this._onRejected = onRejected
    this._outcome = null
    this._turn = null
  }

  abstract readonly _loop: EventLoop

  /** Asks what this hangs on to cancel; false if it can't any more. */
  abstract _cancel(reason: unknown): boolean

  /** The future that this hangs on; null for the next iteration. */
  abstract _target(): Future<unknown> | null

  abstract _run(): void

  toString(): string {
    return `<await of ${this._task ?? 'code outside any task'}>`
  }

  /** What to throw now that this goes on: a cancellation that came while nothing could accept it. */
  protected _takeLate(task: NativeTask, future: Future<unknown> | null): CancelledError | null {
    const turn = this._turn
    const late = task._takeLate(future)
    if (turn === null) return late
    // Both at once are thrown once.
    this._turn = null
    future?._markSeen()
    return late ?? (future?._isCancellation() === true ? null : turn.takeError(task._loop))
  }

  /** The requests have been undone; a scope that is cancelled for good throws all the same. */
  _forget(): void {
    if (findCancellation(this._innermost()) === null) this._turn = null
  }

  /** The innermost scope that it waits in. */
  protected _innermost(): Scope | null {
    return this._task?._inner ?? null
  }

  /** A shield inside `scope` keeps a cancellation from this; the cancellation waits there. */
  _isShielded(_cancellation: Cancellation | null, _scope: Scope | null): boolean {
    return false
  }

  /** The names of the coroutines that are under way behind this await, from the outermost. */
  _listFrames(): string[] {
    return []
  }

  // biome-ignore lint/suspicious/noThenProperty: it stands in for the promise that then() gives
  then<R1, R2>(
    onFulfilled?: OnFulfilled<never, R1>,
    onRejected?: OnRejected<R2>,
  ): Promise<R1 | R2> {
    return this._asPromise().then(onFulfilled, onRejected)
  }

  catch<R>(onRejected?: OnRejected<R>): Promise<unknown> {
    return this._asPromise().catch(onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<unknown> {
    return this._asPromise().finally(onFinally)
  }

  _fulfil(value: T): void {
    if (typeof this._onFulfilled === 'function') this._call(this._onFulfilled, value)
    else this._settle(value, false)
  }

  _reject(error: unknown): void {
    if (typeof this._onRejected === 'function') this._call(this._onRejected, error)
    else this._settle(error, true)
  }

  private _call<A>(callback: (argument: A) => unknown, argument: A): void {
    let result: unknown
    try {
      result = callback(argument)
    } catch (error) {
      this._settle(error, true)
      return
    }
    this._settle(result, false)
  }

  private _settle(result: unknown, isError: boolean): void {
    if (this._outcome instanceof Promise) return
    if (this._outcome !== null) (isError ? this._outcome.reject : this._outcome.resolve)(result)
    // Made all the same, so that the platform reports a rejection that nobody asks for.
    else if (isError) this._outcome = Promise.reject(result)
    // What an await's own function gives, which is nobody's business, and nearly the only case.
    else this._outcome = result === undefined ? done : Promise.resolve(result)
  }

  private _asPromise(): Promise<never> {
    this._outcome ??= newDeferred()
    const outcome = this._outcome
    return (outcome instanceof Promise ? outcome : outcome.promise) as Promise<never>
  }
}

const done = Promise.resolve(undefined)

/** Calls `deliver`, as native code of the reaction's task, from a handle of the loop. */
export function resumeNative(
  task: NativeTask,
  deliver: () => void,
  reaction: Reaction<never>,
): void {
  if (!task.done()) task._resumesNative()
  setStrand(task)
  if (task._loop.host.strands === null) setUntracked(task)
  // An await restores its own AsyncLocalStorage values; a plain .then(callback) gets the task's.
  if (task._scope === null) deliver.call(reaction)
  else task._scope.runInAsyncScope(deliver, reaction)
}

interface Deferred {
  promise: Promise<never>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

function newDeferred(): Deferred {
  const deferred = {} as Deferred
  deferred.promise = new Promise<never>((resolve, reject) => {
    deferred.resolve = resolve as (value: unknown) => void
    deferred.reject = reject
  })
  return deferred
}
