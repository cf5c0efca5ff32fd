import type { Linked } from '../base/linked-list.ts'
import { Context, currentValues, enterContext, type Values } from '../context/context-var.ts'
import { drive, type FrameDriver, kNothing } from '../coroutine/drive.ts'
import { type Frame, listFrames } from '../coroutine/frame.ts'
import { callIn } from '../coroutine/native-call.ts'
import {
  type CancelledError,
  isCancelledError,
  KeyboardInterrupt,
  RuntimeError,
} from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import type { NativeFrame, NativeTask, Reaction } from '../future/reaction.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import { creationStackOf, noteCreation } from '../loop/origin.ts'
import { enterLoop, enterStrand, leaveLoop, setStrand } from '../loop/running.ts'
import type { TaskOptions } from './create-task.ts'
import { NativeState } from './native-state.ts'
import { type NativeStart, type Start, startOfResult } from './start.ts'

let created = 0

/** One coroutine of a task's stack. */
export interface TaskFrame {
  /** The name of the coroutine's function. */
  readonly name: string
}

/**
 * A Future that runs a coroutine on a loop. Made by `createTask`. asyncio.Task, CPython 3.13.
 *
 * What runs between two suspensions is a step; nothing else runs inside it. A cancellation is a
 * request: it is thrown at what the task waits for, once for each `cancel()`, and the task ends
 * cancelled only if it lets the CancelledError pass.
 *
 * @example
 * ```ts
 * await run(async () => {
 *   const task = createTask(sleep(60_000))
 *   await sleep(0)
 *   task.cancel()
 *   await sleep(0)
 *   return task.cancelled()
 * }) // => true
 * ```
 */
export class Task<T> extends Future<T> implements FrameDriver, NativeTask, Linked<Task<unknown>> {
  /** @internal */ declare previous: Task<unknown> | null
  /** @internal */ declare next: Task<unknown> | null
  /** @internal */ declare readonly _scope: AsyncScope | null
  /** @internal The innermost frame, while this is a generator coroutine. */
  declare _frame: Frame | null
  // How native code is started; null once it is.
  declare private _call: NativeStart | null
  declare private readonly _coro: unknown
  // Most tasks never touch a context variable: they keep what a Context would be made of.
  declare private _contextOrValues: Context | Values
  // A number until somebody gives it a name.
  declare private _name: string | number
  declare private _waiter: Future<unknown> | null
  declare private _native: NativeState | null
  // A cancellation that nothing could accept when it came.
  declare private _late: Cancellation | null
  declare private _requests: number
  declare private _controller: AbortController | null

  /** @internal */
  constructor(loop: EventLoop, start: Start, source: unknown, options: TaskOptions | undefined) {
    super(loop._asOption)
    const { strands } = loop.host
    created += 1
    this.previous = null
    this.next = null
    this._contextOrValues = options?.context ?? currentValues()
    this._scope = strands === null ? null : strands.capture()
    this._frame = 'body' in start ? start : null
    this._call = 'body' in start ? null : start
    this._coro = source
    this._name = options?.name === undefined ? created : String(options.name)
    this._waiter = null
    this._native = null
    this._late = null
    this._requests = 0
    this._controller = null
    if (loop._slow !== null) noteCreation(this)
    loop._tasks.push(this as Task<unknown>)
    if (options?.eagerStart === true) this._startEagerly()
    else loop._enqueue(this)
  }

  getName(): string {
    return typeof this._name === 'number' ? `Task-${this._name}` : this._name
  }

  setName(name: string): void {
    this._name = String(name)
  }

  /** What was given to `createTask`. */
  getCoro(): unknown {
    return this._coro
  }

  getContext(): Context {
    return this._context
  }

  /**
   * The coroutines that are under way in this task, from the outermost to the innermost; empty when
   * it is done. Behind several awaits at once (`Promise.all`), those of all of them.
   */
  getStack(): TaskFrame[] {
    if (this.done()) return []
    const names = this._frame === null ? [nameOf(this._coro)] : listFrames(this._frame)
    if (this._native !== null) names.push(...this._native.listFrames())
    return names.map((name) => ({ name }))
  }

  /** Where the task was created; known in debug mode only. */
  getCreationStack(): string | undefined {
    return creationStackOf(this)
  }

  /**
   * Aborts when this task is asked to cancel; for `fetch` and everything else that takes a signal.
   * It is made when it is first asked for. After `uncancel()` down to 0 there is a fresh one.
   */
  get signal(): AbortSignal {
    if (this._controller === null) {
      this._controller = new AbortController()
      if (this._requests > 0) {
        const cancellation = this._late ?? new Cancellation(undefined)
        this._controller.abort(cancellation.takeError(this._loop))
      }
    }
    return this._controller.signal
  }

  /**
   * Asks the task to cancel: what it waits for is cancelled, and where that is not possible its next
   * suspension throws. Requests are counted. A task that has not begun never runs. False if it is
   * done. `reason` becomes `CancelledError.reason`. asyncio.Task.cancel.
   */
  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    this._requests += 1
    const cancellation = Cancellation.of(reason)
    this._controller?.abort(cancellation.takeError(this._loop))
    if (this._waiter?.cancel(cancellation) === true) return true
    if (this._native?.cancel(cancellation) === true) return true
    this._late = cancellation
    return true
  }

  /** How many `cancel()` have not been undone by `uncancel()`. */
  cancelling(): number {
    return this._requests
  }

  /** Undoes one request, and at 0 one that has not been thrown yet; gives how many are left. */
  uncancel(): number {
    if (this._requests > 0) this._requests -= 1
    if (this._requests === 0) {
      this._late = null
      this._controller = null
    }
    return this._requests
  }

  /** @throws {@link RuntimeError} always: the result of a task is that of its coroutine */
  override setResult(_value: T): never {
    throw new RuntimeError('a Task does not support setResult(): its coroutine gives the result')
  }

  /** @throws {@link RuntimeError} always: the exception of a task is that of its coroutine */
  override setException(_exception: unknown): never {
    throw new RuntimeError('a Task does not support setException(): its coroutine throws it')
  }

  override toString(): string {
    const names = this.getStack().map((frame) => frame.name)
    const coro = names.length > 0 ? names.join(' > ') : nameOf(this._coro)
    return `<Task ${this._describeState()} name='${this.getName()}' coro=${coro}>`
  }

  /** @internal */
  override _describeSubject(): string {
    return `${this.getName()} (${nameOf(this._coro)})`
  }

  /** @internal What the task waits for: a future, or the awaits of its native code. */
  _listWaits(): (Future<unknown> | Reaction<never>)[] {
    return this._waiter === null ? [...(this._native ?? [])] : [this._waiter]
  }

  /** @internal */
  get _context(): Context {
    if (!(this._contextOrValues instanceof Context)) {
      this._contextOrValues = new Context(this._contextOrValues)
    }
    return this._contextOrValues
  }

  /** @internal */
  get _contextValues(): Values {
    const { _contextOrValues: held } = this
    return held instanceof Context ? held._values : held
  }

  /** @internal */
  get _task(): this {
    return this
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
      if (this._late !== null) this._cancelLate(future)
    }
    if (loop._native === this) loop._stepEnded(this)
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
    else {
      this._reject(error)
      if (error instanceof KeyboardInterrupt) this._loop._abort(error)
    }
    this._end()
  }

  /** @internal */
  _addWait(reaction: Reaction<never>, future: Future<unknown> | null, isAlone = false): void {
    this._leaveForeign()
    this._native ??= new NativeState()
    this._native.push(reaction)
    if (future !== null) this._cancelLate(future)
    this._loop._stepEnded(this, isAlone)
  }

  /** @internal */
  _removeWait(reaction: Reaction<never>): void {
    this._native?.remove(reaction)
  }

  /** @internal */
  _takeLate(future: Future<unknown> | null): CancelledError | null {
    const late = this._late
    if (late === null) return null
    this._late = null
    // Its own CancelledError arrives; one is enough.
    return future?.cancelled() === true ? null : late.takeError(this._loop)
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
  _isOver(): boolean {
    return this.done()
  }

  /** @internal */
  _enterForeign(): void {
    this._native ??= new NativeState()
    if (this._native.isForeign || this.done()) return
    this._native.isForeign = true
    this._loop._foreign += 1
  }

  /** @internal */
  _enterCall(name: string): NativeFrame {
    this._native ??= new NativeState()
    return this._native.enter(name)
  }

  /** @internal */
  _leaveCall(frame: NativeFrame): void {
    this._native?.leave(frame)
  }

  private _startEagerly(): void {
    const outerContext = enterContext(null)
    const outerStrand = enterStrand(this)
    this._run()
    enterStrand(outerStrand)
    enterContext(outerContext)
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
      const begun = startOfResult(callIn(this, call))
      if ('body' in begun) {
        this._frame = begun
        drive(this, kNothing)
      } else if ('_call' in begun) {
        this._call = begun
        this._start(null)
      } else {
        begun.then(
          (value) => this._finish(value),
          (error) => this._fail(error),
        )
      }
    } catch (error) {
      this._fail(error)
    }
  }

  private _cancelLate(future: Future<unknown>): void {
    if (this._late !== null && future.cancel(this._late)) this._late = null
  }

  private _leaveForeign(): void {
    if (this._native?.isForeign !== true) return
    this._native.isForeign = false
    this._loop._endForeign()
  }

  private _end(): void {
    this._late = null
    this._loop._tasks.remove(this as Task<unknown>)
    if (this._native !== null) {
      this._leaveForeign()
      const left = this._native.first
      if (left !== null) {
        this._loop.callExceptionHandler({
          message: `${this._describeSubject()} has ended while code that it called still waits for ${left._describe()}: await every async call that a task makes`,
          task: this,
        })
      }
    }
    this._loop._stepEnded(this)
  }
}

function nameOf(source: unknown): string {
  const { name } = source as { name?: unknown }
  return typeof name === 'string' && name !== '' ? name : '<anonymous>'
}
