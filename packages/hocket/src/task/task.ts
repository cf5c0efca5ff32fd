import { type Linked, LinkedList } from '../base/linked-list.ts'
import { type Context, copyContext, enterContext } from '../context/context-var.ts'
import { drive, type FrameDriver, kNothing } from '../coroutine/drive.ts'
import { type Frame, listFrames } from '../coroutine/frame.ts'
import { callIn } from '../coroutine/native-call.ts'
import { type CancelledError, isCancelledError, RuntimeError } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import { NativeFrame, type NativeTask, type Reaction } from '../future/reaction.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import { enterLoop, enterStrand, leaveLoop } from '../loop/running.ts'
import type { TaskOptions } from './create-task.ts'
import { type Start, startOf } from './start.ts'

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
 */
export class Task<T> extends Future<T> implements FrameDriver, NativeTask, Linked<Task<unknown>> {
  /** @internal */ previous: Task<unknown> | null = null
  /** @internal */ next: Task<unknown> | null = null
  /** @internal */ readonly _context: Context
  /** @internal */ readonly _scope: AsyncScope | null
  /** @internal The innermost frame, while this is a generator coroutine. */
  _frame: Frame | null
  readonly #coro: unknown
  readonly #id: number
  readonly #createdAt: string | undefined
  #name: string | null
  // How native code is started; null once it is.
  #call: (() => unknown) | null
  #waiter: Future<unknown> | null = null
  // What its native code awaits; several under a Promise.all.
  #waits: LinkedList<Reaction<never>> | null = null
  #nativeFrames: LinkedList<NativeFrame> | null = null
  // A cancellation that nothing could accept when it came.
  #late: Cancellation | null = null
  #requests = 0
  #controller: AbortController | null = null
  #isForeign = false

  /** @internal */
  constructor(loop: EventLoop, start: Start, source: unknown, options: TaskOptions) {
    super({ loop })
    this._frame = start.frame
    this.#call = start.call
    this.#coro = source
    created += 1
    this.#id = created
    this.#name = options.name === undefined ? null : String(options.name)
    this._context = options.context ?? copyContext()
    this._scope = loop.host.strands === null ? null : loop.host.strands.capture()
    this.#createdAt = loop.getDebug() ? new Error('created').stack : undefined
    loop._tasks.push(this as Task<unknown>)
    if (options.eagerStart === true) this._run()
    else loop._enqueue(this)
  }

  getName(): string {
    return this.#name ?? `Task-${this.#id}`
  }

  setName(name: string): void {
    this.#name = String(name)
  }

  /** What was given to `createTask`. */
  getCoro(): unknown {
    return this.#coro
  }

  getContext(): Context {
    return this._context
  }

  /**
   * The coroutines that are under way in this task, from the outermost to the innermost; empty when
   * it is done. Behind several awaits at once (`Promise.all`) those of all of them.
   */
  getStack(): TaskFrame[] {
    if (this.done()) return []
    const names = listFrames(this._frame)
    if (this._frame === null) names.push(nameOf(this.#coro))
    for (const { name } of this.#nativeFrames ?? []) names.push(name)
    for (const wait of this.#waits ?? []) names.push(...wait._listFrames())
    return names.map((name) => ({ name }))
  }

  /** Where the task was created, in debug mode. */
  getCreationStack(): string | undefined {
    return this.#createdAt
  }

  /**
   * Aborts when this task is asked to cancel; for `fetch` and everything else that takes a signal.
   * It is made when it is first asked for. After `uncancel()` down to 0 there is a fresh one.
   */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController()
      if (this.#requests > 0) this.#controller.abort((this.#late ?? new Cancellation(undefined)).takeError(this._loop))
    }
    return this.#controller.signal
  }

  /**
   * Asks the task to cancel: what it waits for is cancelled, and if that is not possible its next
   * step throws. Requests are counted. A task that has not begun never runs.
   *
   * False if it is done. `reason` becomes `CancelledError.reason`. asyncio.Task.cancel.
   */
  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    this.#requests += 1
    const cancellation = Cancellation.of(reason)
    this.#controller?.abort(cancellation.takeError(this._loop))
    if (!this.#passOn(cancellation)) this.#late = cancellation
    return true
  }

  /** How many `cancel()` have not been undone by `uncancel()`. */
  cancelling(): number {
    return this.#requests
  }

  /** Undoes one request, and at 0 one that has not been thrown yet; gives how many are left. */
  uncancel(): number {
    if (this.#requests > 0) this.#requests -= 1
    if (this.#requests === 0) {
      this.#late = null
      this.#controller = null
    }
    return this.#requests
  }

  /** @throws {@link RuntimeError} always: a task's result is that of its coroutine */
  override setResult(_value: T): never {
    throw new RuntimeError('a Task does not support setResult(): its coroutine gives the result')
  }

  /** @throws {@link RuntimeError} always: a task's exception is that of its coroutine */
  override setException(_exception: unknown): never {
    throw new RuntimeError('a Task does not support setException(): its coroutine throws it')
  }

  override toString(): string {
    const frames = this.getStack().map((frame) => frame.name)
    const coro = frames.length > 0 ? frames.join(' > ') : nameOf(this.#coro)
    return `<Task ${this._describeState()} name='${this.getName()}' coro=${coro}>`
  }

  /** @internal */
  override _describeSubject(): string {
    return `${this.getName()} (${nameOf(this.#coro)})`
  }

  /** @internal What the task waits for: futures, and the awaits of its native code. */
  _listWaits(): (Future<unknown> | Reaction<never>)[] {
    return this.#waiter === null ? [...(this.#waits ?? [])] : [this.#waiter]
  }

  /** @internal */
  get _task(): this {
    return this
  }

  /** @internal One step, from the ready queue. */
  _run(): void {
    if (this._scope === null) step(this as Task<unknown>)
    else this._scope.runInAsyncScope(step, undefined, this as Task<unknown>)
  }

  /** @internal */
  _step(): void {
    const outerStrand = enterStrand(this)
    const outerContext = enterContext(this._context)
    const late = this._takeLate(this.#waiter)
    this.#waiter = null
    if (this._frame !== null) drive(this, late ?? kNothing)
    else if (this.#call !== null) this.#start(this.#call, late)
    enterContext(outerContext)
    enterStrand(outerStrand)
  }

  /** @internal */
  _park(future: Future<unknown> | null): void {
    this.#waiter = future
    if (future === null) this._loop._enqueue(this)
    else {
      future._addWaiter(this)
      this.#cancelLate(future)
    }
    this._loop._stepEnded(this)
  }

  /** @internal */
  _goOn(): void {
    if (!this._isInStep()) {
      this.#leaveForeign()
      this._loop._enqueue(this)
      return
    }
    const outer = enterLoop(this._loop)
    this._run()
    leaveLoop(outer)
  }

  /** @internal */
  _keep(resource: unknown): void {
    const frame = this._frame as Frame
    frame.resources ??= []
    frame.resources.push(resource)
  }

  /** @internal */
  _finish(value: unknown): void {
    // Cancelled in its last step: the value is dropped, as in asyncio.
    if (this.#late !== null) this.#end(() => this._setCancelled(this.#late as Cancellation))
    else this.#end(() => this._resolve(value as T))
  }

  /** @internal */
  _fail(error: unknown): void {
    this.#end(() => {
      if (isCancelledError(error)) this._setCancelled(new Cancellation(error.reason, error))
      else this._reject(error)
    })
  }

  /** @internal */
  _addWait(reaction: Reaction<never>, future: Future<unknown> | null): void {
    this.#leaveForeign()
    this.#waits ??= new LinkedList()
    this.#waits.push(reaction)
    if (future !== null) this.#cancelLate(future)
    this._loop._stepEnded(this)
  }

  /** @internal */
  _removeWait(reaction: Reaction<never>): void {
    this.#waits?.remove(reaction)
  }

  /** @internal */
  _takeLate(future: Future<unknown> | null): CancelledError | null {
    const late = this.#late
    if (late === null) return null
    this.#late = null
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
    if (this.#isForeign || this.done()) return
    this.#isForeign = true
    this._loop._foreign += 1
  }

  /** @internal */
  _enterCall(name: string): NativeFrame {
    const frame = new NativeFrame(name)
    this.#nativeFrames ??= new LinkedList()
    this.#nativeFrames.push(frame)
    return frame
  }

  /** @internal */
  _leaveCall(frame: NativeFrame): void {
    this.#nativeFrames?.remove(frame)
  }

  #start(call: () => unknown, late: CancelledError | null): void {
    this.#call = null
    if (late !== null) {
      this._fail(late)
      return
    }
    this._resumesNative()
    let start: Start
    try {
      start = startOf(callIn(this, call), true)
    } catch (error) {
      this._fail(error)
      return
    }
    if (start.frame !== null) {
      this._frame = start.frame
      drive(this)
    } else if (start.call !== null) {
      this.#start(start.call, null)
    } else {
      start.promise?.then(
        (value) => this._finish(value),
        (error) => this._fail(error),
      )
    }
  }

  #passOn(cancellation: Cancellation): boolean {
    if (this.#waiter !== null) return this.#waiter.cancel(cancellation)
    let isAccepted = false
    for (const wait of this.#waits ?? []) isAccepted = wait._cancel(cancellation) || isAccepted
    return isAccepted
  }

  #cancelLate(future: Future<unknown>): void {
    if (this.#late !== null && future.cancel(this.#late)) this.#late = null
  }

  #leaveForeign(): void {
    if (!this.#isForeign) return
    this.#isForeign = false
    this._loop._endForeign()
  }

  #end(settle: () => void): void {
    this._frame = null
    settle()
    this.#late = null
    this.#leaveForeign()
    this._loop._tasks.remove(this as Task<unknown>)
    const left = this.#waits?.first ?? null
    if (left !== null) {
      this._loop.callExceptionHandler({
        message: `${this._describeSubject()} has ended while code that it called still waits for ${left._describe()}: await every async call that a task makes`,
        task: this,
      })
    }
    this._loop._stepEnded(this)
  }
}

function step(task: Task<unknown>): void {
  task._step()
}

function nameOf(source: unknown): string {
  const { name } = source as { name?: unknown }
  return typeof name === 'string' && name !== '' ? name : '<anonymous>'
}
