import { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import type { Watcher } from '../future/waiting.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { setStrand } from '../loop/running.ts'
import {
  futuresOf,
  type GatherSource,
  listSources,
  listSubjects,
  type ResultOf,
} from './sources.ts'

/** The results of a list of sources, place by place; `X` is what may stand in place of one. */
export type Gathered<S, X = never> = S extends readonly unknown[]
  ? { -readonly [K in keyof S]: ResultOf<S[K]> | X }
  : S extends Iterable<infer E>
    ? (ResultOf<E> | X)[]
    : never

/** What `gather` gives. Cancelling it cancels the children; it is done when they are. */
class GatherFuture extends Future<unknown[]> implements Watcher {
  // Becomes the list of results.
  declare private _children: unknown[]
  declare private _left: number
  declare private _request: Cancellation | null
  declare private _isPassingOn: boolean
  declare private readonly _returnsExceptions: boolean

  constructor(loop: EventLoop, children: Future<unknown>[], returnsExceptions: boolean) {
    super(loop._asOption)
    this._children = children
    this._left = children.length
    this._request = null
    this._isPassingOn = false
    this._returnsExceptions = returnsExceptions
    const finished: Future<unknown>[] = []
    for (const child of children) {
      if (child.done()) finished.push(child)
      else child._addWaiter(this)
    }
    for (const child of finished) this._childDone(child)
  }

  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    // It has come round, in a ring of those that wait for each other.
    if (this._isPassingOn) return true
    const request = Cancellation.of(reason, this._loop)
    let isAccepted = false
    this._isPassingOn = true
    for (const child of this._children as Future<unknown>[]) {
      if (child.cancel(request.again())) isAccepted = true
    }
    this._isPassingOn = false
    // As in asyncio, it then ends cancelled even where exceptions are results.
    if (isAccepted) this._request = request
    return isAccepted
  }

  /** @internal */
  _noticeOf(child: Future<unknown>): Runnable {
    return new ChildDone(this, child)
  }

  /** @internal */
  _childDone(child: Future<unknown>): void {
    this._left -= 1
    if (child._isFulfilled() || (this._returnsExceptions && !this.done())) {
      if (this._left === 0 && !this.done()) this._end()
      return
    }
    if (this.done()) {
      // As in asyncio, it counts as looked at.
      if (!child.cancelled()) child._takeError()
      return
    }
    this._children = []
    this._reject(child._takeError())
  }

  private _end(): void {
    const results = this._children
    const last = results.at(-1) as Future<unknown>
    this._children = []
    for (let index = 0; index < results.length; index += 1) {
      const child = results[index] as Future<unknown>
      results[index] = child._isFulfilled() ? child.result() : child._takeError()
    }
    // As in asyncio, the last child says why it was cancelled.
    if (this._request === null) this._resolve(results)
    else this._reject(last.cancelled() ? last._takeError() : this._request.takeError(this._loop))
  }

  override _describeSubject(): string {
    const pending = listSubjects(this._children as Future<unknown>[])
    return pending === '' ? 'a gather()' : `the gather() of ${pending}`
  }
}

/** Tells a gather that a child is done. A class, because a closure and a handle each are dearer. */
class ChildDone implements Runnable {
  declare private readonly _gather: GatherFuture
  declare private readonly _child: Future<unknown>

  constructor(gather: GatherFuture, child: Future<unknown>) {
    this._gather = gather
    this._child = child
  }

  get _loop(): EventLoop {
    return this._gather._loop
  }

  _run(): void {
    setStrand(null)
    this._gather._childDone(this._child)
  }

  toString(): string {
    return `<a gather() learns of ${this._child}>`
  }
}

/**
 * Waits for several at once; gives the results in the order of `sources`, a tuple for a tuple.
 * Coroutines, generators and functions become Tasks, in order, before it returns; Futures and Tasks
 * are taken as they are. One that is listed twice is waited for once.
 *
 * The first error is thrown as soon as it comes, and **the others run on**; what they throw later
 * counts as looked at. With `returnExceptions` it waits for all, and gives what each has thrown in
 * place of its result (typed as an `Error`, whatever it is).
 *
 * Cancelling it, or the task that awaits it, cancels all that are not done, and throws CancelledError
 * as soon as the first of them has ended so; with `returnExceptions`, when all have ended. A child that
 * is cancelled by somebody else counts as one that throws CancelledError. asyncio.gather, CPython 3.13;
 * `taskGroup` cancels the others on an error.
 *
 * @throws {@link TypeError} if one is a promise or nothing that can be awaited; then none begins
 * @throws {@link RangeError} if the futures belong to different loops
 *
 * @example
 * ```ts
 * const later = coroutine(async (delay: number) => await sleep(delay, `${delay} ms`))
 * await run(async () => await gather([later(20), later(10)])) // => ['20 ms', '10 ms']
 * await run(async () => {
 *   const [text, error] = await gather(
 *     [
 *       later(5),
 *       async () => {
 *         throw new RangeError('no')
 *       },
 *     ],
 *     { returnExceptions: true },
 *   )
 *   return `${text}, ${error}`
 * }) // => '5 ms, RangeError: no'
 * ```
 */
export function gather<
  const S extends readonly GatherSource<unknown>[] | Iterable<GatherSource<unknown>>,
>(sources: S, options?: { returnExceptions?: false }): Future<Gathered<S>>
export function gather<
  const S extends readonly GatherSource<unknown>[] | Iterable<GatherSource<unknown>>,
>(sources: S, options: { returnExceptions?: boolean }): Future<Gathered<S, Error>>
export function gather(
  sources: Iterable<GatherSource<unknown>>,
  options: { returnExceptions?: boolean } = {},
): Future<never> {
  const children = futuresOf(listSources(sources, 'gather'), 'gather')
  const [first] = children
  if (first !== undefined) {
    const isLenient = options.returnExceptions === true
    return new GatherFuture(first._loop, children, isLenient) as Future<unknown> as Future<never>
  }
  const empty = getEventLoop().createFuture<unknown>()
  empty._resolve([])
  return empty as Future<never>
}
