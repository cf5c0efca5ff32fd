import type { EventLoop } from '../loop/event-loop.ts'
import type { AsyncScope } from '../loop/host.ts'
import { awaitingStrand } from '../loop/running.ts'
import type { Future } from './future.ts'
import {
  awaitsItself,
  type NativeTask,
  type OnFulfilled,
  type OnRejected,
  Reaction,
  resumeNative,
} from './reaction.ts'

/** An await of a future by native code. */
class FutureReaction<T> extends Reaction<T> {
  readonly #future: Future<T>
  // Outside a task nobody else keeps the AsyncLocalStorage values of the caller.
  readonly #scope: AsyncScope | null

  constructor(
    task: NativeTask | null,
    future: Future<T>,
    onFulfilled: OnFulfilled<T, unknown>,
    onRejected: OnRejected<unknown>,
  ) {
    super(task, onFulfilled, onRejected)
    this.#future = future
    this.#scope = task === null ? (future._loop.host.strands?.capture() ?? null) : null
  }

  get _loop(): EventLoop {
    return (this._task ?? this.#future)._loop
  }

  _cancel(reason: unknown): boolean {
    return this.#future.cancel(reason)
  }

  _describe(): string {
    return this.#future._describeSubject()
  }

  _run(): void {
    if (this._task !== null) resumeNative(this._task, this.#wake, this as Reaction<never>)
    else if (this.#scope !== null) this.#scope.runInAsyncScope(this._deliver, this)
    else this._deliver()
  }

  /** The future is done. */
  _deliver(): void {
    const future = this.#future
    if (future._isFulfilled()) this._fulfil(future.result())
    else this._reject(future._takeError())
  }

  #wake(): void {
    const task = this._task as NativeTask
    task._removeWait(this as Reaction<never>)
    const late = task._takeLate(this.#future)
    if (late === null) this._deliver()
    else this._reject(late)
  }
}

/** `future.then(…)`. One that is done calls back at once: awaiting it does not suspend. */
export function awaitFuture<T, R1, R2>(
  future: Future<T>,
  onFulfilled: OnFulfilled<T, R1>,
  onRejected: OnRejected<R2>,
): PromiseLike<R1 | R2> {
  const task = awaitingStrand() as NativeTask | null
  const reaction = new FutureReaction(task, future, onFulfilled, onRejected)
  if (future.done()) {
    reaction._deliver()
  } else if ((task as unknown) === future) {
    reaction._reject(awaitsItself(future))
  } else {
    future._addWaiter(reaction)
    task?._addWait(reaction as Reaction<never>, future)
  }
  return reaction as unknown as PromiseLike<R1 | R2>
}
