import { callBody } from '../coroutine/call-body.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { isCancelledError, RuntimeError } from '../errors/errors.ts'
import type { Future } from '../future/future.ts'
import { Scope } from '../future/scope.ts'
import type { Suspension } from '../future/suspension.ts'
import { getRunningLoop } from '../loop/running.ts'
import type { TaskOptions } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'
import type { ScopeBody } from './body.ts'
import type { TaskGroup } from './task-group.ts'

/** By this a child that was started by `TaskGroup.start` tells that it is ready. trio.TaskStatus. */
export class TaskStatus<V> {
  /** @internal */ readonly _ready: Future<V>

  /** @internal */
  constructor() {
    this._ready = getRunningLoop().createFuture()
  }

  /**
   * `TaskGroup.start` gives `value`, and the child goes on. Nothing happens if its caller was
   * cancelled meanwhile.
   *
   * @throws {@link RuntimeError} at a second call
   */
  started(...value: V extends undefined ? [value?: V] : [value: V]): void {
    if (this._ready.cancelled()) return
    if (this._ready.done()) throw new RuntimeError('started() was called already: once is enough')
    this._ready.setResult(value[0] as V)
  }

  /** @internal True if the failure is for the caller of `start`. */
  _fail(error: unknown): boolean {
    if (this._ready.done()) return false
    this._ready.setException(error)
    return true
  }
}

/** The coroutine of `TaskGroup.start`. */
export const startIn: (
  group: TaskGroup,
  fn: ScopeBody<TaskStatus<unknown>, unknown>,
  options: TaskOptions | undefined,
) => Coroutine<unknown> = coroutine(function* start(
  group: TaskGroup,
  fn: ScopeBody<TaskStatus<unknown>, unknown>,
  options: TaskOptions | undefined,
): Generator<Suspension, unknown, never> {
  const status = new TaskStatus<unknown>()
  const child = group.createTask(
    function* () {
      yield* callBody(fn, undefined, status)
      status._fail(
        new RuntimeError(
          'a child that was started by TaskGroup.start() ended without calling status.started()',
        ),
      )
    },
    { name: fn.name || 'start', ...options },
  )
  group._starting ??= new Map()
  group._starting.set(child, status as TaskStatus<never>)
  const cancel = () => void status._ready.cancel()
  child.addDoneCallback(cancel)
  try {
    return yield* status._ready
  } catch (error) {
    if (isCancelledError(error) && !child.done()) {
      child.cancel()
      yield* untilEnd(child)
    }
    throw error
  } finally {
    child.removeDoneCallback(cancel)
    group._starting.delete(child)
  }
})

/** Waits for `child` whatever comes; a cancellation is not lost, because the caller throws one. */
function* untilEnd(child: Task<unknown>): Generator<Suspension, void, never> {
  const scope = new Scope()
  // Where a scope around this is cancelled for good, every attempt would throw at once.
  scope.hasTakenNote = true
  yield scope
  while (!child.done()) {
    const ended = child.getLoop().createFuture<void>()
    child.addDoneCallback(() => {
      if (!ended.done()) ended.setResult()
    })
    try {
      yield* ended
    } catch {}
  }
  scope.leave()
}
