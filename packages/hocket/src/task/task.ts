import type { Context } from '../context/context-var.ts'
import { listFrames } from '../coroutine/frame.ts'
import { forgetLate } from '../coroutine/scoped-strand.ts'
import { RuntimeError } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import type { Future } from '../future/future.ts'
import type { NativeState } from '../future/native-state.ts'
import type { NativeTask } from '../future/reaction.ts'
import { abortScopes, findShield, membersInside, type Scope, scopesOf } from '../future/scope.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { creationStackOf, noteCreation } from '../loop/origin.ts'
import { getRunningLoop } from '../loop/running.ts'
import type { TaskOptions, TaskSource } from './create-task.ts'
import { DrivenFuture } from './driven-future.ts'

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
  // A number until somebody gives it a name.
  declare private _name: string | number
  declare private _requests: number
  declare private _request: Cancellation | null

  /**
   * Starts `source` in a task of `loop`, by default the running one. `createTask` says it better; a
   * task factory makes its tasks by this.
   *
   * @throws {@link TypeError} if `source` is a promise, a Future, or no coroutine at all
   */
  constructor(source: TaskSource<T>, options?: TaskOptions, loop: EventLoop = getRunningLoop()) {
    super(loop, source, options)
    created += 1
    this._name = options?.name === undefined ? created : String(options.name)
    this._requests = 0
    this._request = null
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
    this._noteSignalled()
    const native = this._nativeState()
    if (native.controller === null) {
      native.controller = new AbortController()
      if (this._requests > 0) {
        native.controller.abort(this._request?.takeError(this._loop))
      }
    }
    return native.controller.signal
  }

  /**
   * Asks the task to cancel: what it waits for is cancelled, and where that is not possible its next
   * suspension throws. Requests are counted. A task that has not begun never runs. False if it is
   * done. `reason` becomes `CancelledError.reason`. asyncio.Task.cancel.
   */
  override cancel(reason?: unknown): boolean {
    // As in asyncio, who cancels a task that has failed does not want its exception any more.
    if (this.done()) return super.cancel(reason)
    const cancellation = Cancellation.of(reason, this._loop)
    // It has come round, in a ring of tasks that wait for each other.
    if (this._request === cancellation) return true
    this._noteRequest(cancellation)
    this._deliver(cancellation, null)
    return true
  }

  /** @internal */
  _noteRequest(cancellation: Cancellation): void {
    this._requests += 1
    this._request = cancellation
  }

  /** @internal Down the tasks that wait for each other, without recursion; a ring is gone round once. */
  _deliver(cancellation: Cancellation, scope: Scope | null): void {
    let next = this._deliverHere(cancellation, scope)
    while (next !== null && next._request !== cancellation) {
      next._noteRequest(cancellation)
      next = next._deliverHere(cancellation, null)
    }
  }

  /** Gives the task that the request has to go on to. */
  private _deliverHere(cancellation: Cancellation, scope: Scope | null): Task<unknown> | null {
    const shield = findShield(this, scope)
    if (shield !== null) {
      shield.held ??= cancellation
      return null
    }
    const native = this._native
    // Asked before the abort, which may already let the code go on.
    const mayComeBack = native?.isForeign === true && native.isSignalled
    abortScopes(this, scope, cancellation)
    if (scope === null) native?.controller?.abort(cancellation.takeError(this._loop))
    const waiter = this._waiter
    if (waiter instanceof Task && !waiter.done()) return waiter
    if (waiter?.cancel(cancellation) === true) return null
    // In a generator, awaits of native code that it is not inside are left over.
    const isBehindAwaits = this._frame === null || native?.isInCall() === true
    if (native?.cancel(cancellation, scope) === true && isBehindAwaits) return null
    this._late = cancellation
    if (mayComeBack) native.expectBack(cancellation, this._loop.host)
    return null
  }

  /** @internal */
  _deliverLevel(cancellation: Cancellation, scope: Scope): void {
    for (const member of membersInside(this, scope)) member._deliverLevel(cancellation, scope)
    if (findShield(this, scope) !== null) return
    abortScopes(this, scope, cancellation)
    // Around the whole task, of a group.
    if (scope.strand._task !== this) {
      this._native?.controller?.abort(cancellation.takeError(this._loop))
    }
    if (this._waiter !== null) this._waiter.cancel(cancellation)
    else this._native?.cancelLevel(cancellation, scope)
  }

  /** @internal */
  _requestInside(cancellation: Cancellation, scope: Scope): void {
    cancellation.scope = scope
    this._noteRequest(cancellation)
    this._deliver(cancellation, scope)
  }

  /** @internal */
  _cancelling(inside: number = 0): number {
    // Anybody may undo one of them, so they are no sum: without strands beside, it is asyncio's count.
    return Math.max(0, this._requests - (this._native?.requests ?? 0) + inside)
  }

  /** @internal */
  _uncancel(): number {
    this.uncancel()
    return this._cancelling()
  }

  /** @internal An AbortError of what was given the signal is the cancellation in other words. */
  protected override _isAbortOfSignal(error: unknown): boolean {
    return (
      this._native?.controller?.signal.aborted === true &&
      (error as Error | null)?.name === 'AbortError'
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
      forget(this)
      for (const strand of this._native?.allStrands() ?? []) forget(strand)
      const native = this._native
      if (native?.controller?.signal.aborted === true) native.controller = null
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
    return this._native?.listTargets() ?? []
  }
}

/** The requests to cancel have been undone: what of them is on its way to `strand` is not thrown. */
function forget(strand: NativeTask & { readonly _native: NativeState | null }): void {
  forgetLate(strand)
  for (const scope of scopesOf(strand, null)) scope.renew()
}

function nameOf(source: unknown): string {
  const { name } = source as { name?: unknown }
  return typeof name === 'string' && name !== '' ? name : '<anonymous>'
}
