import { type Linked, LinkedList } from '../base/linked-list.ts'
import { coroutine, isCoroutineFunction } from '../coroutine/coroutine-function.ts'
import { isCancelledError } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { setStrand } from '../loop/running.ts'
import type { TaskSource } from '../task/create-task.ts'
import { Task } from '../task/task.ts'
import { type MapSource, openSource, type Source } from './map-source.ts'

/** What is called for each item, in either spelling. */
export type MapBody<T, R> = (
  item: T,
  index: number,
) => PromiseLike<R> | Generator<Suspension, R, never>

/** What is done, for each item, and how many at once. */
export interface MapWork {
  /** The function's name, for messages. */
  readonly name: string
  readonly source: MapSource<unknown>
  readonly fn: MapBody<unknown, unknown>
  readonly concurrency: number
}

/** Where results go. */
export interface MapSink {
  put(index: number, result: unknown): void
  /** How many results wait for somebody to take them. */
  readonly held: number
  /** All that there will be is there. */
  end(): void
  readonly result: unknown
}

/**
 * A `map` or `forEach` under way: done when its source is closed and all of its tasks are. A task of
 * its own pulls the items, and each item is a task.
 *
 * Cancelling it stops everything, and arrives when everything has ended.
 */
export class MapRun<T = unknown> extends Future<T> {
  readonly #work: MapWork
  readonly #sink: MapSink
  readonly #isLazy: boolean
  readonly #active: LinkedList<ItemWatch> = new LinkedList()
  readonly #puller: Future<void>
  #source: Source | null = null
  /** The source has ended, or has thrown. */
  #isDry = false
  #refused: { readonly error: unknown } | null = null
  #activeCount = 0
  #pulled = 0
  #hasPulled = false
  /** The pull waits for this: fewer items under way, or fewer results that nobody has taken. */
  #room: Future<void> | null = null
  #isStopping = false
  #request: Cancellation | null = null
  #failure: { readonly error: unknown } | null = null

  constructor(loop: EventLoop, work: MapWork, sink: MapSink) {
    super(loop._asOption)
    this.#work = work
    this.#sink = sink
    this.#isLazy = isLazy(work.fn)
    this.#puller = loop.createTask(pull(this as MapRun))
    this.#puller._addWaiter(new PullWatch(this as MapRun))
  }

  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    this.#request ??= Cancellation.of(reason, this._loop)
    this.#stop(this.#request)
    return true
  }

  /**
   * Stops what is under way and waits for its end, for somebody who wants no more results. Throws
   * only what the source throws at being closed.
   */
  *stopped(reason: unknown): Generator<Suspension, void, unknown> {
    const known = this.#failure
    this.#stop(new Cancellation(reason))
    try {
      yield* this as Future<unknown>
    } catch (error) {
      if (isCancelledError(error)) throw error
      if (known === null) throw error
      this.#report(error, 'nobody was left to be told')
    }
  }

  /** There is room for another item, perhaps. */
  roomMade(): void {
    const room = this.#room
    if (room === null || !this.#hasRoom()) return
    this.#room = null
    if (!room.done()) room._resolve()
  }

  /** What the pulling task does. */
  *pull(): Generator<Suspension, void, unknown> {
    const source = openSource(this.#work.source)
    this.#source = source
    try {
      while (!this.#isDry) {
        while (!this.#hasRoom()) {
          this.#room = this._loop.createFuture()
          yield* this.#room
        }
        if (source.isAsync) this.#take(yield* source.wait())
        else this.#refill(source)
      }
      if (this.#refused !== null) throw this.#refused.error
    } finally {
      yield* source.close()
    }
  }

  pullEnded(): void {
    this.#hasPulled = true
    if (!this.#puller._isFulfilled()) this.#failed(this.#puller, 'closing its source failed')
    this.#endIfOver()
  }

  itemEnded(watch: ItemWatch): void {
    this.#active.remove(watch)
    this.#activeCount -= 1
    const { future } = watch
    if (!future._isFulfilled())
      this.#failed(future, 'another item failed while it was being stopped')
    else if (!this.#isStopping) this.#sink.put(watch.index, future.result())
    const source = this.#source
    if (source !== null && this.#mayRefill(source)) this.#refillHere(source)
    else this.roomMade()
    this.#endIfOver()
  }

  #hasRoom(): boolean {
    const { concurrency } = this.#work
    const active = this.#activeCount
    return active < concurrency && active + this.#sink.held < 2 * concurrency
  }

  /** Apart from the pull, so that what waits for the next item does not hold the last one. */
  #take(result: IteratorResult<unknown, unknown>): void {
    if (result.done === true) this.#isDry = true
    else this.#start(result.value)
  }

  /** Takes as many items of a plain iterable as there is room for; the pull is told of the end. */
  #refill(source: Source): void {
    try {
      while (!this.#isDry && this.#hasRoom()) this.#take(source.next())
    } catch (error) {
      this.#refused = { error }
      this.#isDry = true
    }
  }

  #mayRefill(source: Source): boolean {
    const isWaiting = this.#room?.done() === false
    return isWaiting && !source.isAsync && this.#hasRoom() && this.#puller instanceof Task
  }

  /**
   * An item has ended, and the pull waits for room. To wake it for each item would be half of what a
   * short item costs: a plain iterable is taken from here, as if the pull did so.
   */
  #refillHere(source: Source): void {
    const task = this.#puller as Task<void>
    setStrand(task)
    if (task._scope === null) this.#refill(source)
    else task._scope.runInAsyncScope(() => this.#refill(source), undefined)
    setStrand(null)
    if (this.#isDry) this.roomMade()
  }

  #start(item: unknown): void {
    const index = this.#pulled
    this.#pulled += 1
    const { fn } = this.#work
    const source = this.#isLazy ? fn(item, index) : () => fn(item, index)
    const future = this._loop.createTask(source as TaskSource<unknown>)
    const watch = new ItemWatch(this as MapRun, future, index)
    this.#active.push(watch)
    this.#activeCount += 1
    future._addWaiter(watch)
  }

  /** `future`, an item's or the pull's, has thrown. The first error stops everything. */
  #failed(future: Future<unknown>, what: string): void {
    const error = future._takeError()
    if (!this.#isStopping) {
      this.#failure = { error }
      this.#stop(new Cancellation(undefined))
    } else if (isCancelledError(error)) return
    else if (future === this.#puller && this.#request === null && this.#failure === null) {
      this.#failure = { error }
    } else this.#report(error, what)
  }

  #stop(cancellation: Cancellation): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#puller.cancel(cancellation)
    for (const watch of this.#active) watch.future.cancel(cancellation)
  }

  #endIfOver(): void {
    if (!this.#hasPulled || this.#activeCount > 0) return
    const failure = this.#failure
    const request = this.#request
    if (request !== null) {
      if (failure !== null)
        this.#report(failure.error, 'it was cancelled before it could throw this')
      this._setCancelled(request)
    } else if (failure === null) this._resolve(this.#sink.result as T)
    else if (isCancelledError(failure.error)) {
      this._setCancelled(new Cancellation(failure.error.reason, failure.error))
    } else this._reject(failure.error)
    this.#sink.end()
  }

  #report(exception: unknown, what: string): void {
    if (isCancelledError(exception)) return
    this._loop.callExceptionHandler({
      message: `${this.#work.name}(): ${what}`,
      exception,
      future: this,
    })
  }

  override _describeSubject(): string {
    return `a ${this.#work.name}() with ${this.#activeCount} items under way`
  }
}

const pull = coroutine((run: MapRun) => run.pull())

/** Calling it runs nothing of it: what it gives can be started as it is. */
function isLazy(fn: (...args: never[]) => unknown): boolean {
  return (
    isCoroutineFunction(fn) || Object.prototype.toString.call(fn) === '[object GeneratorFunction]'
  )
}

/** An item under way, and how its end is learned of. */
class ItemWatch implements Runnable, Linked<ItemWatch> {
  declare previous: ItemWatch | null
  declare next: ItemWatch | null
  declare readonly future: Future<unknown>
  declare readonly index: number
  declare private readonly _map: MapRun

  constructor(run: MapRun, future: Future<unknown>, index: number) {
    this.previous = null
    this.next = null
    this.future = future
    this.index = index
    this._map = run
  }

  get _loop(): EventLoop {
    return this._map._loop
  }

  _run(): void {
    setStrand(null)
    this._map.itemEnded(this)
  }

  toString(): string {
    return `<the end of item ${this.index}, ${this.future}>`
  }
}

class PullWatch implements Runnable {
  declare private readonly _map: MapRun

  constructor(map: MapRun) {
    this._map = map
  }

  get _loop(): EventLoop {
    return this._map._loop
  }

  _run(): void {
    setStrand(null)
    this._map.pullEnded()
  }

  toString(): string {
    return '<the end of a source>'
  }
}
