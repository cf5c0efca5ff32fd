import { LinkedList } from '../base/linked-list.ts'
import { callBody } from '../coroutine/call-body.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { type CancelledError, KeyboardInterrupt, RuntimeError } from '../errors/errors.ts'
import { ExceptionGroup } from '../errors/exception-group.ts'
import { Cancellation } from '../future/cancellation.ts'
import type { Future } from '../future/future.ts'
import { nearestLevel, Scope, throwLater } from '../future/scope.ts'
import type { Suspension } from '../future/suspension.ts'
import { checkCallback, showAsText } from '../loop/checks.ts'
import type { TaskOptions, TaskSource } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'
import type { ScopeBody } from './body.ts'
import { Child } from './child.ts'
import { startIn, type TaskStatus } from './task-status.ts'

type State = 'created' | 'entered' | 'exiting' | 'finished'

/**
 * Tasks that end together. Made by `taskGroup`, which passes it to its body.
 * asyncio.TaskGroup, CPython 3.13, with `cancel` of 3.15 and `start` of Trio.
 */
export class TaskGroup {
  declare private _state: State
  declare private _isAborting: boolean
  declare private _isCancelled: boolean
  // The body was asked to cancel by the group itself, which must undo that when it is left.
  declare private _hasRequested: boolean
  declare private readonly _children: LinkedList<Child>
  declare private _count: number
  declare private _errors: unknown[]
  declare private _interrupt: KeyboardInterrupt | null
  declare private _ended: Future<void> | null
  declare private readonly _scope: Scope
  /** @internal Children that have not called `started`: a failure is for the caller of `start`. */
  declare _starting: Map<Task<unknown>, TaskStatus<never>> | null
  // Children belong to the scopes around the group that are cancelled for good.
  declare private _around: Scope | null

  constructor() {
    this._state = 'created'
    this._isAborting = false
    this._isCancelled = false
    this._hasRequested = false
    this._children = new LinkedList()
    this._count = 0
    this._errors = []
    this._interrupt = null
    this._ended = null
    this._scope = new Scope()
    this._around = null
    this._starting = null
  }

  /**
   * Runs `body(this)` and waits for all children; see `taskGroup`.
   *
   * @throws {@link RuntimeError} if the group was used before
   */
  run<T>(body: ScopeBody<TaskGroup, T>): Coroutine<T> {
    checkCallback(body, 'TaskGroup.run')
    return runGroup(this, body as never) as Coroutine<T>
  }

  /**
   * Starts a task in the group; see `createTask`. Children may add others until the last one ends.
   *
   * @throws {@link RuntimeError} if the group has not begun, is finished, or is being cancelled
   */
  createTask<T>(source: TaskSource<T>, options?: TaskOptions): Task<T> {
    this._checkOpen(source)
    const task = this._scope.strand._loop.createTask(source, options)
    if (task.done()) {
      // An eager start was enough for it.
      this._look(task)
      return task
    }
    const child = new Child(this, task)
    this._children.push(child)
    this._count += 1
    if (this._around !== null) this._join(task, this._around)
    task._addWaiter(child)
    // With an eager start it may have cancelled the group by its first step.
    if (this._isAborting && !task.done()) task.cancel()
    return task
  }

  /**
   * Starts `fn(status)` in the group and waits until it calls `status.started(value)`, which gives the
   * value; from then on it is a child like the others. An error before that is thrown here, and not in
   * the group. Cancelling the caller cancels it and waits for its end. trio.Nursery.start.
   *
   * @throws {@link RuntimeError} if it ends without a call of `started`
   */
  start<V = void>(
    fn: (status: TaskStatus<V>) => ReturnType<ScopeBody<never, unknown>>,
    options?: TaskOptions,
  ): Coroutine<V> {
    checkCallback(fn, 'TaskGroup.start')
    return startIn(this, fn as never, options) as Coroutine<V>
  }

  /**
   * Cancels the children and the body; the group then ends without an error of its own, and a body
   * that was cut short gives undefined. Before the start it takes effect at the start; a second call
   * does nothing. asyncio.TaskGroup.cancel, CPython 3.15.
   */
  cancel(reason?: unknown): void {
    this._isCancelled = true
    if (this._state === 'created' || this._isFinished() || this._isAborting) return
    this._abort(reason)
    this._requestBody(reason)
  }

  toString(): string {
    const parts = [
      this._count > 0 ? ` tasks=${this._count}` : '',
      this._errors.length > 0 ? ` errors=${this._errors.length}` : '',
      this._isAborting ? ' cancelling' : ` ${this._state}`,
    ]
    return `<TaskGroup${parts.join('')}>`
  }

  /** @internal */
  _begin(): Suspension {
    if (this._state !== 'created') {
      throw new RuntimeError(`${this} has been entered already: a TaskGroup is good for one body`)
    }
    return this._scope
  }

  /** @internal */
  _enter(): void {
    this._state = 'entered'
    this._around = nearestLevel(this._scope.outer)
    if (this._isCancelled) this.cancel()
  }

  /** @internal asyncio's `__aexit__`: waits for the children, and throws what is to be thrown. */
  *_exit(hasFailed: boolean, error: unknown): Generator<Suspension, void, never> {
    this._state = 'exiting'
    const cancelled = hasFailed ? this._scope.asCancelled(error) : null
    if (hasFailed && error instanceof KeyboardInterrupt) this._interrupt ??= error
    let toThrow: CancelledError | null = cancelled
    if (hasFailed && !this._isAborting) this._abort()
    let pending: CancelledError | null = null
    const { strand } = this._scope
    // Cancelled again and again, it still waits for everyone; a scope around it tells it once.
    this._scope.hasTakenNote = this._isAborting
    while (this._count > 0) {
      this._ended ??= strand._loop.createFuture()
      try {
        yield* this._ended
      } catch (thrown) {
        // Nobody but a cancellation ends this wait.
        pending = thrown as CancelledError
        this._scope.hasTakenNote = true
        if (!this._isAborting) {
          toThrow = pending
          this._abort()
        }
      }
      this._ended = null
    }
    this._state = 'finished'
    this._scope.leave()
    if (this._interrupt !== null) this._throwInterrupt(this._interrupt)
    if (this._hasRequested) {
      if (strand._uncancel() === 0) toThrow = null
      // What is left is not the group's, and must not be lost.
      else toThrow ??= pending
    }
    if (toThrow !== null && this._errors.length === 0) throw toThrow
    if (hasFailed && cancelled === null) this._errors.push(error)
    if (this._errors.length === 0) return
    // Cancelled from outside as well: that has yet to be thrown, at the next suspension.
    if (strand._cancelling() > 0) throwLater(strand, new Cancellation(undefined))
    throw new ExceptionGroup('unhandled errors in a TaskGroup', this._errors)
  }

  /** @internal */
  _childEnded(child: Child): void {
    this._children.remove(child)
    this._count -= 1
    this._around?.members?.delete(child.task)
    if (this._count === 0 && this._ended?.done() === false) this._ended.setResult()
    this._look(child.task)
  }

  /** `task` has ended. */
  private _look(task: Task<unknown>): void {
    // What was thrown need not be an Error, nor anything.
    if (!task.cancelled() && !task._isFulfilled()) this._failed(task, task.exception())
  }

  private _failed(task: Task<unknown>, error: unknown): void {
    if (this._starting?.get(task)?._fail(error) === true) return
    this._errors.push(error)
    if (error instanceof KeyboardInterrupt) this._interrupt ??= error
    if (this._isAborting || this._hasRequested) return
    this._abort()
    this._requestBody(undefined)
  }

  private _requestBody(reason: unknown): void {
    if (this._hasRequested) return
    this._hasRequested = true
    this._scope.strand._requestInside(new Cancellation(reason), this._scope)
  }

  private _abort(reason?: unknown): void {
    this._isAborting = true
    for (const { task } of this._children) if (!task.done()) task.cancel(reason)
  }

  private _join(child: Task<unknown>, scope: Scope): void {
    child._inner = scope
    scope.members ??= new Set()
    scope.members.add(child)
  }

  private _isFinished(): boolean {
    return this._state === 'finished' || (this._state === 'exiting' && this._count === 0)
  }

  private _checkOpen(source: unknown): void {
    const problem =
      this._state === 'created'
        ? 'has not been entered: create tasks inside its body'
        : this._isFinished()
          ? 'is finished: create tasks while its body or a child of it runs'
          : this._isAborting
            ? 'is being cancelled: it takes no more tasks'
            : null
    if (problem === null) return
    if (source instanceof Coroutine) source.close()
    throw new RuntimeError(`${this} ${problem}`)
  }

  /** It leaves bare; what it leaves behind must not be lost. */
  private _throwInterrupt(interrupt: KeyboardInterrupt): never {
    for (const exception of this._errors) {
      if (exception === interrupt) continue
      this._scope.strand._loop.callExceptionHandler({
        message: 'a task of a TaskGroup failed, and the group ended by an interrupt',
        exception,
      })
    }
    throw interrupt
  }
}

showAsText(TaskGroup)

const runGroup = coroutine(function* taskGroup(
  group: TaskGroup,
  body: ScopeBody<TaskGroup, unknown>,
): Generator<Suspension, unknown, never> {
  yield group._begin()
  group._enter()
  let result: unknown
  let error: unknown
  let hasFailed = false
  try {
    result = yield* callBody(body, undefined, group)
  } catch (thrown) {
    error = thrown
    hasFailed = true
  }
  yield* group._exit(hasFailed, error)
  return result
})

/**
 * Runs `body(group)`, waits for every task that was created in the group, and gives the result of the
 * body. If the body or a child fails, everything else is cancelled and waited for; the errors, also
 * those that come while cancelling, are thrown together. A child that is cancelled alone is no
 * failure. asyncio.TaskGroup, CPython 3.13; a function over a body, because `await using` is not told
 * how a block ended.
 *
 * Cancelling the task around it cancels all, waits, and passes the CancelledError on.
 *
 * @throws {@link ExceptionGroup} of the errors, in the order in which they came, that of the body last
 *
 * @example
 * ```ts
 * const square = coroutine(async (x: number) => {
 *   await sleep(x)
 *   return x * x
 * })
 * await run(async () => {
 *   const tasks = await taskGroup(async (group) => [1, 2, 3].map((x) => group.createTask(square(x))))
 *   return tasks.map((task) => task.result())
 * }) // => [1, 4, 9]
 * ```
 */
export function taskGroup<T>(body: ScopeBody<TaskGroup, T>): Coroutine<T> {
  return new TaskGroup().run(body)
}
