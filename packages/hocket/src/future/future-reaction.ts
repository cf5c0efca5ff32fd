import { RuntimeError } from '../errors/errors.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import { awaitingStrand, setStrand } from '../loop/running.ts'
import type { Future } from './future.ts'
import {
  type NativeTask,
  type OnFulfilled,
  type OnRejected,
  Reaction,
  resumeNative,
} from './reaction.ts'

/** An await of a future by native code. */
class FutureReaction<T> extends Reaction<T> {
  declare private readonly _future: Future<T>
  // Outside a task nobody else keeps the AsyncLocalStorage values of the caller.
  declare private readonly _scope: AsyncScope | null

  constructor(
    task: NativeTask | null,
    future: Future<T>,
    onFulfilled: OnFulfilled<T, unknown>,
    onRejected: OnRejected<unknown>,
  ) {
    super(task, onFulfilled, onRejected)
    this._future = future
    this._scope = task === null ? (future._loop.host.strands?.capture() ?? null) : null
  }

  get _loop(): EventLoop {
    return (this._task ?? this._future)._loop
  }

  _cancel(reason: unknown): boolean {
    return this._future.cancel(reason)
  }

  _target(): Future<unknown> {
    return this._future as Future<unknown>
  }

  _run(): void {
    if (this._task !== null) {
      resumeNative(this._task, this._wake, this as Reaction<never>)
      return
    }
    setStrand(null)
    if (this._scope === null) this._deliver()
    else this._scope.runInAsyncScope(this._deliver, this)
  }

  /** The future is done. */
  _deliver(): void {
    const future = this._future
    if (future._isFulfilled()) this._fulfil(future.result())
    else this._reject(future._takeError())
  }

  private _wake(): void {
    const task = this._task as NativeTask
    task._removeWait(this as Reaction<never>)
    const late = this._takeLate(task, this._future)
    if (late === null) this._deliver()
    else this._reject(late)
  }
}

const settled = Promise.resolve()

/** `future.then(…)`. Awaiting one that is done takes no iteration of the loop. */
export function awaitFuture<T, R1, R2>(
  future: Future<T>,
  onFulfilled: OnFulfilled<T, R1>,
  onRejected: OnRejected<R2>,
): PromiseLike<R1 | R2> {
  const task = awaitingStrand() as NativeTask | null
  const isItself = (task?._task as unknown) === future && !future.done()
  const awaited = isItself ? failedForItself(future) : future
  const reaction = new FutureReaction(task, awaited, onFulfilled, onRejected)
  if (awaited.done() && !isItself) {
    // In a microtask, as promises do; the step that awaits it goes on.
    void settled.then(() => reaction._deliver())
  } else {
    awaited._addWaiter(reaction)
    task?._addWait(reaction as Reaction<never>, awaited)
  }
  return reaction as unknown as PromiseLike<R1 | R2>
}

/**
 * What a task that awaits itself waits for instead: the error, which comes in the next iteration, as
 * in asyncio.
 */
export function failedForItself<T>(task: Future<T>): Future<T> {
  const failed = task._loop.createFuture<T>()
  failed._reject(
    new RuntimeError(
      `a task cannot await itself, it would never go on (${task}): return, or await another task`,
    ),
  )
  return failed
}
