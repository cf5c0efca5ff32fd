import type { Context } from '../context/context-var.ts'
import { listFrames } from '../coroutine/frame.ts'
import { RuntimeError } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import type { Future } from '../future/future.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { creationStackOf, noteCreation } from '../loop/origin.ts'
import type { TaskOptions } from './create-task.ts'
import { DrivenFuture } from './driven-future.ts'
import { NativeState } from './native-state.ts'
import type { Start } from './start.ts'

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
export class Task<T> extends DrivenFuture<T> {
  declare private readonly _coro: unknown
  // A number until somebody gives it a name.
  declare private _name: string | number
  declare private _requests: number
  declare private _request: Cancellation | null
  declare private _controller: AbortController | null

  /** @internal */
  constructor(loop: EventLoop, start: Start, source: unknown, options: TaskOptions | undefined) {
    super(loop, start, options)
    created += 1
    this._coro = source
    this._name = options?.name === undefined ? created : String(options.name)
    this._requests = 0
    this._request = null
    this._controller = null
    if (loop._slow !== null) noteCreation(this)
    this._launch(options?.eagerStart === true)
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
   * Ask for it at each await. A cancellation that ends such an await at once is delivered by that,
   * and not thrown again at the next one. After `uncancel()` down to 0 there is a fresh signal.
   */
  get signal(): AbortSignal {
    this._native ??= new NativeState()
    this._native.isSignalled = true
    if (this._controller === null) {
      this._controller = new AbortController()
      if (this._requests > 0) {
        this._controller.abort(this._request?.takeError(this._loop))
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
    const cancellation = Cancellation.of(reason, this._loop)
    // Down the tasks that wait for each other, without recursion; a ring is gone round once.
    let task: Task<unknown> = this as Task<unknown>
    while (task._request !== cancellation) {
      const next = task._passOn(cancellation)
      if (next === null) break
      task = next
    }
    return true
  }

  /** Takes note of a request; gives the task that it has to go on to. */
  private _passOn(cancellation: Cancellation): Task<unknown> | null {
    this._requests += 1
    this._request = cancellation
    const native = this._native
    // Asked before the abort, which may already let the code go on.
    const mayComeBack = native?.isForeign === true && native.isSignalled
    this._controller?.abort(cancellation.takeError(this._loop))
    const waiter = this._waiter
    if (waiter instanceof Task && !waiter.done()) return waiter
    if (waiter?.cancel(cancellation) === true) return null
    // In a generator, awaits of native code that it is not inside are left over.
    const isBehindAwaits = this._frame === null || native?.isInCall() === true
    if (native?.cancel(cancellation) === true && isBehindAwaits) return null
    this._late = cancellation
    if (mayComeBack) {
      native.aborted = cancellation
      // What listens to the signal ends within this turn; what ends later did not listen.
      this._loop.host.requestTurn(() => {
        native.aborted = null
      })
    }
    return null
  }

  /** @internal An AbortError of what was given the signal is the cancellation in other words. */
  protected override _isAbortOfSignal(error: unknown): boolean {
    return (
      this._controller?.signal.aborted === true && (error as Error | null)?.name === 'AbortError'
    )
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
      if (this._native !== null) this._native.held = null
      if (this._controller?.signal.aborted === true) this._controller = null
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

  /** @internal The futures that the task waits for: one, or those of its native code. */
  _listWaits(): Future<unknown>[] {
    if (this._waiter !== null) return [this._waiter]
    return [...(this._native ?? [])].flatMap((wait) => wait._target() ?? [])
  }
}

function nameOf(source: unknown): string {
  const { name } = source as { name?: unknown }
  return typeof name === 'string' && name !== '' ? name : '<anonymous>'
}
