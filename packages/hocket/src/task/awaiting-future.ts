import {
  type Context,
  contextOf,
  currentValues,
  type Values,
  valuesOf,
} from '../context/context-var.ts'
import { meetScopes, offerLate, takeRepeated } from '../coroutine/scoped-strand.ts'
import type { CancelledError } from '../errors/errors.ts'
import type { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import { NativeState } from '../future/native-state.ts'
import type { NativeFrame, NativeTask, Reaction } from '../future/reaction.ts'
import { type Scope, throwLater } from '../future/scope.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import type { TaskOptions } from './create-task.ts'

/** A task as its native code sees it: what that awaits, and what has come to it meanwhile. */
export abstract class AwaitingFuture<T> extends Future<T> implements NativeTask {
  /** @internal */ declare readonly _scope: AsyncScope | null
  // Most tasks never touch a context variable: they keep what a Context would be made of.
  declare private _held: Context | Values
  /** @internal Present once native code runs in it. */
  declare _native: NativeState | null
  /** @internal A cancellation that nothing could accept when it came. */
  declare _late: Cancellation | null
  /** @internal The innermost scope that its code is in. */
  declare _inner: Scope | null

  /** @internal */
  constructor(loop: EventLoop, options: TaskOptions | undefined) {
    super(loop._asOption)
    const { strands } = loop.host
    this._held = options?.context ?? currentValues()
    this._scope = strands === null ? null : strands.capture()
    this._native = null
    this._late = null
    this._inner = null
  }

  /** @internal */
  get _context(): Context {
    const context = contextOf(this._held)
    this._held = context
    return context
  }

  /** @internal */
  get _contextValues(): Values {
    return valuesOf(this._held)
  }

  /** @internal */
  get _task(): this {
    return this
  }

  /** @internal */ abstract _noteRequest(cancellation: Cancellation): void
  /** @internal */ abstract _deliver(cancellation: Cancellation, scope: Scope | null): void
  /** @internal */ abstract _deliverLevel(cancellation: Cancellation, scope: Scope): void
  /** @internal */ abstract _requestInside(cancellation: Cancellation, scope: Scope): void
  /** @internal */ abstract _cancelling(inside?: number): number
  /** @internal */ abstract _uncancel(): number

  /** @internal */
  _nativeState(): NativeState {
    this._native ??= new NativeState()
    return this._native
  }

  /** @internal */
  _addWait(reaction: Reaction<never>, future: Future<unknown> | null): void {
    this._noteGoingOn()
    this._pushWait(reaction)
    const cancellation = this._meet(future)
    if (cancellation !== null) reaction._turn = cancellation
    this._loop._stepEnded(this)
  }

  /** @internal */
  _pushWait(reaction: Reaction<never>): void {
    this._nativeState().push(reaction)
  }

  /** @internal */
  _removeWait(reaction: Reaction<never>): void {
    this._native?.remove(reaction)
    this._wake()
  }

  /** @internal */
  _noteSignalled(): void {
    this._nativeState().isSignalled = true
  }

  /** @internal */
  _wake(): void {
    if (this._late !== null) takeRepeated(this)
    this._native?.wake()
  }

  /** @internal */
  _noteGoingOn(): void {
    this._leaveForeign()
    if (this._native !== null) this._late = this._native.goOn(this._late)
  }

  /** @internal */
  _meet(future: Future<unknown> | null): Cancellation | null {
    return this._offerLate(future) ?? meetScopes(this._inner, future)
  }

  /** @internal */
  _offerLate(future: Future<unknown> | null): Cancellation | null {
    offerLate(this, future)
    return takeRepeated(this)
  }

  /** @internal */
  _endStep(): void {
    this._loop._stepEnded(this)
  }

  /** @internal */
  _takeLate(future: Future<unknown> | null): CancelledError | null {
    const late = this._late
    if (late === null) return null
    this._late = null
    // Its own CancelledError arrives; one is enough.
    if (future?._isCancellation() === true) return null
    // As in asyncio, an exception that is not thrown because of this counts as looked at.
    future?._markSeen()
    return late.takeError(this._loop)
  }

  /** @internal */
  _resumesNative(): void {
    this._loop._native ??= this
  }

  /** @internal */
  _isInStep(): boolean {
    return this._loop._native === this
  }

  /** @internal */
  _enterForeign(): void {
    const native = this._nativeState()
    let isAwaiting = false
    for (const state of native.all()) {
      const undelivered = state.takeUndelivered()
      if (undelivered !== null) throwLater(this, undelivered)
      if (state.first !== null) isAwaiting = true
    }
    // It may still wait for something of Hocket's, in another strand.
    if (native.isForeign || isAwaiting || this.done()) return
    native.isForeign = true
    this._loop._foreign += 1
  }

  /** @internal */
  _enterCall(name: string, outer?: string[]): NativeFrame {
    return this._nativeState().enter(name, outer)
  }

  /** @internal */
  _leaveCall(frame: NativeFrame): void {
    this._native?.leave(frame)
  }

  protected _leaveForeign(): void {
    if (this._native?.isForeign !== true) return
    this._native.isForeign = false
    this._loop._endForeign()
  }

  /** What its code has left behind is heard of by nobody any more. */
  protected _endNative(native: NativeState): void {
    this._leaveForeign()
    const [left] = native.listWaits()
    if (left === undefined) return
    this._loop.callExceptionHandler({
      message: `${this._describeSubject()} has ended while code that it called still waits for ${left._target()?._describeSubject() ?? 'its turn'}: await every async call that a task makes`,
      task: this,
    })
  }
}
