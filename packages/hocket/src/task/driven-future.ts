import type { Linked } from '../base/linked-list.ts'
import { enterContext } from '../context/context-var.ts'
import { NativeCoroutine } from '../coroutine/coroutine-function.ts'
import { drive, type FrameDriver, kNothing } from '../coroutine/drive.ts'
import type { Body, Frame } from '../coroutine/frame.ts'
import { callIn } from '../coroutine/native-call.ts'
import { meetScopes, offerLate } from '../coroutine/scoped-strand.ts'
import { addToStack } from '../coroutine/stack-trace.ts'
import { type CancelledError, isCancelledError, KeyboardInterrupt } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import type { Future } from '../future/future.ts'
import type { Scope } from '../future/scope.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { enterLoop, leaveLoop, setStrand } from '../loop/running.ts'
import { AwaitingFuture } from './awaiting-future.ts'
import type { TaskOptions } from './create-task.ts'
import { isFrame, type NativeStart, nativeStartOf, startOf, startOfResult } from './start.ts'
import type { Task } from './task.ts'

const ended: Body = (function* () {})()

/**
 * A future that runs a coroutine: its steps, what it waits for, and how it ends. What users see of
 * it is `Task`.
 */
export abstract class DrivenFuture<T>
  extends AwaitingFuture<T>
  implements FrameDriver, Linked<Task<unknown>>
{
  /** @internal */ declare previous: Task<unknown> | null
  /** @internal */ declare next: Task<unknown> | null
  /** What it was made of. */
  declare protected readonly _coro: unknown
  /** @internal The innermost frame, while this is a generator coroutine. */
  declare _frame: Frame | null
  /** @internal The future that the innermost frame waits for. */
  declare _waiter: Future<unknown> | null

  /** @internal */
  constructor(loop: EventLoop, source: unknown, options: TaskOptions | undefined) {
    super(loop, options)
    this.previous = null
    this.next = null
    this._coro = source
    this._frame = startOf(source)
    this._waiter = null
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
    this._leaveFrame()
    // Cancelled in its last step: the value is dropped, as in asyncio.
    if (late !== null) this._setCancelled(late)
    else this._resolve(value as T)
    this._end()
  }

  /** @internal */
  _fail(error: unknown): void {
    this._leaveFrame()
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

  protected abstract _isAbortOfSignal(error: unknown): boolean

  /** Who holds the task holds its coroutine, which need not hold a generator that has ended. */
  private _leaveFrame(): void {
    if (this._frame !== null) this._frame.body = ended
    this._frame = null
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
    if (this._frame === null) this._start(nativeStartOf(this._coro), late)
    else drive(this, late ?? kNothing)
  }

  private _start(call: NativeStart, late: CancelledError | null): void {
    if (late !== null) {
      this._fail(late)
      return
    }
    this._resumesNative()
    try {
      const begun = startOfResult(callIn(this, call), call.name)
      if (isFrame(begun)) {
        this._frame = begun
        drive(this, kNothing)
      } else if (begun instanceof NativeCoroutine) {
        this._start(begun, null)
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

  private _end(): void {
    this._late = null
    this._loop._tasks.remove(this as unknown as Task<unknown>)
    if (this._native !== null) this._endNative(this._native)
    this._loop._stepEnded(this)
  }
}
