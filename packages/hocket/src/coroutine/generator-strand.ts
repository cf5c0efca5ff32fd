import type { CancelledError } from '../errors/errors.ts'
import type { Cancellation } from '../future/cancellation.ts'
import type { Future } from '../future/future.ts'
import { type NativeTask, type OnFulfilled, type OnRejected, Reaction } from '../future/reaction.ts'
import { findShield, type Scope } from '../future/scope.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import { enterLoop, leaveLoop, setStrand, setUntracked } from '../loop/running.ts'
import { drive, type FrameDriver, kNothing } from './drive.ts'
import { type Frame, kTaken, listFrames } from './frame.ts'
import { ScopedStrand } from './scoped-strand.ts'

/**
 * An `await` of a generator coroutine by native async code: drives its frames for the same task,
 * beginning at once, inside the running step.
 */
export class GeneratorStrand extends Reaction<unknown> implements FrameDriver {
  declare readonly _task: NativeTask
  _frame: Frame | null
  /** The task, or what stands for this part of it, once scopes have been entered. */
  _strand: NativeTask
  /** @internal */ _isParked = false
  private _waiter: Future<unknown> | null = null
  // Only then does the loop wait for the native code that goes on.
  private _isFromHandle = false
  // Captured where it suspends first: most do not.
  private _scope: AsyncScope | null | undefined = undefined

  constructor(
    task: NativeTask,
    frame: Frame,
    onFulfilled: OnFulfilled<unknown, unknown>,
    onRejected: OnRejected<unknown>,
  ) {
    super(task, onFulfilled, onRejected)
    this._frame = frame
    this._strand = task
    frame.pending = kTaken
    this._drive(kNothing)
  }

  get _loop(): EventLoop {
    return this._task._loop
  }

  _park(future: Future<unknown> | null): void {
    this._waiter = future
    this._isParked = true
    this._capture()
    if (future === null) this._loop._enqueue(this)
    else future._addWaiter(this)
    const { _strand: strand, _task: task } = this
    if (strand === task) {
      task._addWait(this as Reaction<never>, future)
      return
    }
    strand._noteGoingOn()
    // What has come to the task passes the scopes of the strand first, which may be shields.
    this._turn = strand._meet(future)
    task._pushWait(this as Reaction<never>)
    strand._endStep()
  }

  _enterScope(scope: Scope): void {
    if (this._strand === this._task) this._strand = new ScopedStrand(this._task, this)
    scope.enter(this._strand)
    setStrand(this._strand)
  }

  protected override _innermost(): Scope | null {
    return this._strand._inner
  }

  override _isShielded(cancellation: Cancellation | null, scope: Scope | null): boolean {
    if (this._strand === this._task) return false
    const shield = findShield(this._strand, scope)
    if (shield !== null && cancellation !== null) shield.held ??= cancellation
    return shield !== null
  }

  /** From a handle: what this was parked on is done. */
  _run(): void {
    const task = this._task
    let late: CancelledError | null = null
    if (this._isParked) {
      this._isParked = false
      task._removeWait(this as Reaction<never>)
      late = this._takeLate(this._strand, this._waiter)
      this._waiter = null
    }
    this._isFromHandle = true
    const drive = () => this._drive(late ?? kNothing)
    if (this._scope == null) drive()
    else this._scope.runInAsyncScope(drive, undefined)
    this._isFromHandle = false
  }

  _goOn(): void {
    if (this._task._isInStep()) this._drive(kNothing)
    else {
      this._capture()
      this._loop._enqueue(this)
    }
  }

  _finish(value: unknown): void {
    this._end()
    if (this._isFromHandle) this._task._resumesNative()
    this._fulfil(value)
  }

  _fail(error: unknown): void {
    this._end()
    if (this._isFromHandle) this._task._resumesNative()
    this._reject(error)
  }

  _cancel(reason: unknown): boolean {
    return this._waiter?.cancel(reason) ?? false
  }

  _target(): Future<unknown> | null {
    return this._waiter
  }

  override _listFrames(): string[] {
    return listFrames(this._frame)
  }

  private _drive(thrown: unknown): void {
    const outer = enterLoop(this._loop)
    setStrand(this._strand)
    drive(this, thrown)
    leaveLoop(outer)
  }

  private _capture(): void {
    if (this._scope === undefined) this._scope = this._loop.host.strands?.capture() ?? null
  }

  private _end(): void {
    this._frame = null
    // What goes on now is the code that awaits this, which may be a strand: the loop knows the task only.
    if (this._loop.host.strands === null) setUntracked(this._task)
    if (this._strand === this._task) return
    ;(this._strand as ScopedStrand)._end()
    this._strand = this._task
  }
}
