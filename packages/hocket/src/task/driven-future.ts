import type { Linked } from '../base/linked-list.ts'
import {
  type Context,
  contextOf,
  currentValues,
  enterContext,
  type Values,
  valuesOf,
} from '../context/context-var.ts'
import { NativeCoroutine } from '../coroutine/coroutine-function.ts'
import { drive, type FrameDriver, kNothing } from '../coroutine/drive.ts'
import { Frame } from '../coroutine/frame.ts'
import { callIn } from '../coroutine/native-call.ts'
import { meetScopes, offerLate } from '../coroutine/scoped-strand.ts'
import { addToStack } from '../coroutine/stack-trace.ts'
import { type CancelledError, isCancelledError, KeyboardInterrupt } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import { NativeState } from '../future/native-state.ts'
import type { NativeFrame, NativeTask, Reaction } from '../future/reaction.ts'
import { type Scope, throwLater } from '../future/scope.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import { enterLoop, leaveLoop, setStrand } from '../loop/running.ts'
import type { TaskOptions } from './create-task.ts'
import { type NativeStart, type Start, startOfResult } from './start.ts'
import type { Task } from './task.ts'

/**
 * A future that runs a coroutine: its steps, what it waits for, and how it ends. What users see of
 * it is `Task`.
 */
export abstract class DrivenFuture<T>
  extends Future<T>
  implements FrameDriver, NativeTask, Linked<Task<unknown>>
{
  /** @internal */ declare previous: Task<unknown> | null
  /** @internal */ declare next: Task<unknown> | null
  /** @internal */ declare readonly _scope: AsyncScope | null
  /** @internal The innermost frame, while this is a generator coroutine. */
  declare _frame: Frame | null
  // How native code is started; null once it is.
  declare private _call: NativeStart | null
  // Most tasks never touch a context variable: they keep what a Context would be made of.
  declare private _held: Context | Values
  /** @internal The future that the innermost frame waits for. */
  declare _waiter: Future<unknown> | null
  /** @internal Present once native code runs in it. */
  declare _native: NativeState | null
  /** @internal A cancellation that nothing could accept when it came. */
  declare _late: Cancellation | null
  /** @internal The innermost scope that its code is in. */
  declare _inner: Scope | null

  /** @internal */
  constructor(loop: EventLoop, start: Start, options: TaskOptions | undefined) {
    super(loop._asOption)
    const { strands } = loop.host
    this.previous = null
    this.next = null
    this._held = options?.context ?? currentValues()
    this._scope = strands === null ? null : strands.capture()
    this._frame = start instanceof Frame ? start : null
    this._call = start instanceof Frame ? null : start
    this._waiter = null
    this._native = null
    this._late = null
    this._inner = null
  }

  /** @internal Enters the loop: through the ready queue, or with its first step at once. */
  protected _launch(isEager: boolean): void {
    const loop = this._loop
    loop._tasks.push(this as unknown as Task<unknown>)
    if (!isEager) {
      loop._enqueue(this)
      return
    }
    const outerContext = enterContext(null)
    const outer = enterLoop(loop)
    this._run()
    leaveLoop(outer)
    enterContext(outerContext)
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

  /** @internal */
  get _strand(): this {
    return this
  }

  /** @internal */
  _enterScope(scope: Scope): void {
    scope.enter(this)
  }

  /** @internal One step, from the ready queue. */
  _run(): void {
    if (this._scope === null) this._step()
    else this._scope.runInAsyncScope(this._step, this)
  }

  /** @internal */
  _park(future: Future<unknown> | null): void {
    const loop = this._loop
    if (future === null) loop._enqueue(this)
    else {
      this._waiter = future
      future._addWaiter(this)
      if (this._late !== null) offerLate(this, future)
    }
    if (this._inner !== null) this._late ??= meetScopes(this._inner, future)
    if (loop._native === this) loop._stepEnded(this)
  }

  /** @internal Its frames are its own. */
  _listFrames(): string[] {
    return []
  }

  /** @internal */
  _goOn(): void {
    if (!this._isInStep()) {
      this._leaveForeign()
      this._loop._enqueue(this)
      return
    }
    const outer = enterLoop(this._loop)
    setStrand(this)
    drive(this, kNothing)
    leaveLoop(outer)
  }

  /** @internal */
  _finish(value: unknown): void {
    if (this._native !== null) {
      // It has returned all the same: what has come by the signal was swallowed.
      this._native.held = null
      this._late = this._native.goOn(this._late)
    }
    const late = this._late
    this._frame = null
    // Cancelled in its last step: the value is dropped, as in asyncio.
    if (late !== null) this._setCancelled(late)
    else this._resolve(value as T)
    this._end()
  }

  /** @internal */
  _fail(error: unknown): void {
    this._frame = null
    if (isCancelledError(error)) this._setCancelled(new Cancellation(error.reason, error))
    else if (this._isAbortOfSignal(error)) this._setCancelled(new Cancellation(undefined))
    else {
      this._reject(error)
      if (error instanceof KeyboardInterrupt) {
        this._takeError()
        this._loop._abort(error)
      }
    }
    this._end()
  }

  /** @internal */ abstract _noteRequest(cancellation: Cancellation): void
  /** @internal */ abstract _deliver(cancellation: Cancellation, scope: Scope | null): void
  /** @internal */ abstract _deliverLevel(cancellation: Cancellation, scope: Scope): void
  /** @internal */ abstract _requestInside(cancellation: Cancellation, scope: Scope): void
  /** @internal */ abstract _cancelling(): number
  /** @internal */ abstract _uncancel(): number
  protected abstract _isAbortOfSignal(error: unknown): boolean

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
    this._native?.wake()
  }

  /** @internal */
  _noteSignalled(): void {
    this._nativeState().isSignalled = true
  }

  /** @internal */
  _wake(): void {
    this._native?.wake()
  }

  /** @internal */
  _noteGoingOn(): void {
    this._leaveForeign()
    if (this._native !== null) this._late = this._native.goOn(this._late)
  }

  /** @internal */
  _meet(future: Future<unknown> | null): Cancellation | null {
    offerLate(this, future)
    return meetScopes(this._inner, future)
  }

  /** @internal */
  _offerLate(future: Future<unknown> | null): void {
    offerLate(this, future)
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

  private _step(): void {
    setStrand(this)
    const waiter = this._waiter
    if (waiter !== null) this._waiter = null
    if (this._late === null && this._frame !== null) {
      drive(this, kNothing)
      return
    }
    const late = this._takeLate(waiter)
    if (this._frame === null) this._start(late)
    else drive(this, late ?? kNothing)
  }

  private _start(late: CancelledError | null): void {
    const call = this._call as NativeStart
    this._call = null
    if (late !== null) {
      this._fail(late)
      return
    }
    this._resumesNative()
    try {
      const begun = startOfResult(callIn(this, call), call.name)
      if (begun instanceof Frame) {
        this._frame = begun
        drive(this, kNothing)
      } else if (begun instanceof NativeCoroutine) {
        this._call = begun
        this._start(null)
      } else {
        begun.then(
          (value) => {
            if (!this._loop.isClosed()) this._finish(value)
          },
          (error) => {
            addToStack(error, call.name)
            if (this._loop.isClosed()) this._reportLate(error)
            else this._fail(error)
          },
        )
      }
    } catch (error) {
      this._fail(error)
    }
  }

  /** Native code can't be stopped by closing its loop. */
  private _reportLate(exception: unknown): void {
    if (isCancelledError(exception)) return
    this._loop.callExceptionHandler({
      message: `${this._describeSubject()} failed after its loop was closed`,
      exception,
      task: this,
    })
  }

  private _leaveForeign(): void {
    if (this._native?.isForeign !== true) return
    this._native.isForeign = false
    this._loop._endForeign()
  }

  private _end(): void {
    this._late = null
    this._loop._tasks.remove(this as unknown as Task<unknown>)
    if (this._native !== null) {
      this._leaveForeign()
      const [left] = this._native.listWaits()
      if (left !== undefined) {
        this._loop.callExceptionHandler({
          message: `${this._describeSubject()} has ended while code that it called still waits for ${left._target()?._describeSubject() ?? 'its turn'}: await every async call that a task makes`,
          task: this,
        })
      }
    }
    this._loop._stepEnded(this)
  }
}
