import type { Context, Values } from '../context/context-var.ts'
import type { CancelledError } from '../errors/errors.ts'
import type { Cancellation } from '../future/cancellation.ts'
import type { Future } from '../future/future.ts'
import { type InnerStrand, NativeState } from '../future/native-state.ts'
import type { NativeFrame, NativeTask, Reaction } from '../future/reaction.ts'
import {
  abortScopes,
  findCancellation,
  findShield,
  membersInside,
  type Scope,
  throwLater,
} from '../future/scope.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'

/** The generator coroutine behind an `await` that has entered a scope, as its strand sees it. */
export interface StrandDriver {
  /** It waits for something by itself, not for native code that it has called. */
  _isParked: boolean
  _turn: Cancellation | null
  _cancel(cancellation: Cancellation): boolean
}

/** What a task and its strands have in common where a cancellation comes by. */
export interface Target {
  _late: Cancellation | null
  readonly _inner: Scope | null
  readonly _native: NativeState | null
}

/** The requests to `strand` have been undone: what of them is still to be thrown never is. */
export function forgetLate(strand: NativeTask & { readonly _native: NativeState | null }): void {
  strand._native?.forget()
  if (findCancellation(strand._inner) === null) strand._late = null
}

/** `target` awaits `future` from now on: a cancellation that nothing could accept goes to that. */
export function offerLate(target: Target, future: Future<unknown> | null): void {
  if (target._late !== null && future?.cancel(target._late) === true) target._late = null
}

/**
 * A shield has given back what other code of `target` has had meanwhile: it is for what goes on behind
 * the shield, in this step, and for nobody who wakes after that. Null if there is none.
 */
export function takeRepeated(target: Target): Cancellation | null {
  const late = target._late
  if (late === null || late !== target._native?.delivered) return null
  target._late = null
  return late
}

/**
 * Code inside `scope` awaits `future` from now on, or the next iteration (null), which can't be
 * cancelled: gives what has to be thrown then.
 */
export function meetScopes(
  scope: Scope | null,
  future: Future<unknown> | null,
): Cancellation | null {
  const cancellation = scope === null ? null : findCancellation(scope)
  if (cancellation === null || future === null) return cancellation
  future.cancel(cancellation)
  return null
}

/**
 * A strand of a task that has entered scopes: async code whose `timeout` or `cancelScope` stands
 * beside others under a `Promise.all`. What is awaited inside is reached by its own scopes, and by
 * everything that reaches the whole task.
 */
export class ScopedStrand implements NativeTask, InnerStrand, Target {
  declare previous: InnerStrand | null
  declare next: InnerStrand | null
  _inner: Scope | null
  _late: Cancellation | null = null
  readonly _native: NativeState = new NativeState()
  readonly _task: NativeTask
  private readonly _parent: NativeTask
  private readonly _driver: StrandDriver
  // The innermost scope of the code around it.
  private readonly _around: Scope | null
  private _requests = 0
  private _calls = 0
  private _hasEnded = false

  constructor(parent: NativeTask, driver: StrandDriver) {
    this._parent = parent
    this._task = parent._task
    this._driver = driver
    this._inner = parent._inner
    this._around = parent._inner
    parent._nativeState().addStrand(this)
  }

  get _loop(): EventLoop {
    return this._task._loop
  }

  get _scope(): AsyncScope | null {
    return this._task._scope
  }

  get _context(): Context {
    return this._task._context
  }

  get _contextValues(): Values {
    return this._task._contextValues
  }

  _nativeState(): NativeState {
    return this._native
  }

  done(): boolean {
    return this._task.done()
  }

  _enterForeign(): void {
    this._task._enterForeign()
  }

  _resumesNative(): void {
    this._task._resumesNative()
  }

  _isInStep(): boolean {
    return this._task._isInStep()
  }

  _enterCall(name: string, outer?: string[]): NativeFrame {
    this._calls += 1
    return this._task._enterCall(name, outer)
  }

  _leaveCall(frame: NativeFrame): void {
    this._calls -= 1
    this._task._leaveCall(frame)
  }

  _addWait(reaction: Reaction<never>, future: Future<unknown> | null): void {
    if (this._hasEnded) {
      this._parent._addWait(reaction, future)
      return
    }
    this._pushWait(reaction)
    this._noteGoingOn()
    const cancellation = this._meet(future)
    if (cancellation !== null) reaction._turn = cancellation
    this._task._endStep()
  }

  _noteSignalled(): void {
    this._native.isSignalled = true
    this._parent._noteSignalled()
  }

  _pushWait(reaction: Reaction<never>): void {
    if (this._hasEnded) this._parent._pushWait(reaction)
    else this._native.push(reaction)
  }

  _removeWait(reaction: Reaction<never>): void {
    if (this._hasEnded) {
      this._parent._removeWait(reaction)
      return
    }
    this._native.remove(reaction)
    this._wake()
  }

  _wake(): void {
    takeRepeated(this)
    this._native.wake()
    this._parent._wake()
  }

  _noteGoingOn(): void {
    this._late = this._native.goOn(this._late)
    this._parent._noteGoingOn()
  }

  _meet(future: Future<unknown> | null): Cancellation | null {
    return this._offerLate(future) ?? meetScopes(this._inner, future)
  }

  _offerLate(future: Future<unknown> | null): Cancellation | null {
    // That of the task first: it most often says why, and what a scope has asked for does not.
    const outer = this._isShielded() ? null : this._parent._offerLate(future)
    offerLate(this, future)
    return outer ?? takeRepeated(this)
  }

  _endStep(): void {
    this._task._endStep()
  }

  _takeLate(future: Future<unknown> | null): CancelledError | null {
    const late = this._late
    const outer = this._isShielded() ? null : this._parent._takeLate(future)
    if (late === null) return outer
    this._late = null
    future?._markSeen()
    return outer ?? (future?._isCancellation() === true ? null : late.takeError(this._loop))
  }

  _deliver(cancellation: Cancellation, scope: Scope | null): void {
    const shield = findShield(this, scope)
    if (shield !== null) {
      shield.held ??= cancellation
      return
    }
    const { isForeign } = this._task._nativeState()
    const mayComeBack = isForeign && this._native.isSignalled
    abortScopes(this, scope, cancellation)
    if (this._driver._isParked) {
      if (!this._driver._cancel(cancellation)) this._driver._turn = cancellation
      return
    }
    if (this._native.cancel(cancellation, scope) && this._calls > 0) return
    this._late = cancellation
    if (mayComeBack) this._native.expectBack(cancellation, this._loop.host)
  }

  _deliverLevel(cancellation: Cancellation, scope: Scope): void {
    for (const member of membersInside(this, scope)) member._deliverLevel(cancellation, scope)
    if (findShield(this, scope) !== null) return
    abortScopes(this, scope, cancellation)
    if (this._driver._isParked) this._driver._cancel(cancellation)
    else this._native.cancelLevel(cancellation, scope)
  }

  _requestInside(cancellation: Cancellation, scope: Scope): void {
    cancellation.scope = scope
    this._requests += 1
    this._task._nativeState().requests += 1
    this._task._noteRequest(cancellation)
    this._deliver(cancellation, scope)
  }

  _noteRequest(cancellation: Cancellation): void {
    this._task._noteRequest(cancellation)
  }

  _cancelling(inside: number = 0): number {
    return this._parent._cancelling(inside + this._requests)
  }

  _uncancel(): number {
    if (this._requests > 0) {
      this._requests -= 1
      this._task._nativeState().requests -= 1
    }
    this._task._uncancel()
    const left = this._cancelling()
    if (left === 0) forgetLate(this)
    return left
  }

  /** The coroutine has ended. What it has left behind goes on as code around it. */
  _end(): void {
    this._hasEnded = true
    this._task._nativeState().requests -= this._requests
    this._requests = 0
    // A shield has held it back until it was left, just now.
    if (this._late !== null) throwLater(this._parent, this._late)
    const outer = this._parent._nativeState()
    outer.removeStrand(this)
    for (const strand of this._native.strands) outer.addStrand(strand)
    for (const wait of this._native) outer.push(wait)
  }

  /** A shield of its own keeps out what comes to the code around it. */
  private _isShielded(): boolean {
    return findShield(this, this._around) !== null
  }

  toString(): string {
    return String(this._task)
  }
}
