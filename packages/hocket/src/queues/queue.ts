import { Deque } from '../base/deque.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { QueueEmpty, QueueFull, QueueShutDown } from '../errors/primitives.ts'
import { LoopBound, WaitList } from '../future/waiter.ts'
import { checkLimit } from '../sync/checks.ts'
import { Event } from '../sync/event.ts'
import { iterateUntil } from './iterate-until.ts'
import { Get, Put } from './put-get.ts'

/** What `queue.statistics()` gives. */
export interface QueueStatistics {
  readonly qsize: number
  readonly maxsize: number
  readonly unfinishedTasks: number
  readonly tasksWaitingPut: number
  readonly tasksWaitingGet: number
  readonly isShutDown: boolean
}

/** Where a queue keeps its items. */
export interface Store<T> {
  readonly length: number
  push(item: T): void
  /** Takes the next one; it is asked for only if there is one. */
  shift(): T
}

const join = coroutine(function* join(queue: Queue<never>) {
  if (queue._unfinished > 0) yield* queue._finished.wait()
})

/**
 * A queue between tasks: who puts waits while it is full, who gets while it is empty. First in,
 * first out. asyncio.Queue, CPython 3.13.
 *
 * Who waits is woken in the order of waiting and then looks again: a `put` or `get` that comes
 * between the wake-up and the step is faster, and who was woken queues up anew. A waiter that is
 * cancelled leaves, and passes on a wake-up that it can't use; nothing is put or taken then.
 *
 * @example
 * ```ts
 * const queue = new Queue<number>(2)
 * const seen = await run(async () => {
 *   const producer = createTask(async () => {
 *     for (const item of [1, 2, 3]) await queue.put(item)
 *     queue.shutdown()
 *   })
 *   const seen: number[] = []
 *   for await (const item of queue) seen.push(item)
 *   await producer
 *   return seen
 * })
 * seen // => [1, 2, 3]
 * ```
 */
export class Queue<T> extends LoopBound implements AsyncIterable<T> {
  /** How many items there may be at a time; without a limit if it is 0 or less. */
  declare readonly maxsize: number
  /** @internal */ declare readonly _getters: WaitList
  /** @internal */ declare readonly _putters: WaitList
  /** @internal */ declare _unfinished: number
  /** @internal */ declare readonly _finished: Event
  declare private readonly _items: Store<T>
  declare private readonly _limit: number
  declare private _isShutDown: boolean

  /**
   * @throws {@link RangeError} if `maxsize` is not whole; Infinity is fine
   * @throws {@link TypeError} if it is no number
   */
  constructor(maxsize?: number)
  /** @internal */
  constructor(maxsize: number | undefined, items: Store<T>)
  constructor(maxsize = 0, items: Store<T> = new Deque<T>()) {
    super()
    checkLimit(maxsize, -Infinity, 'the maxsize of a queue')
    this.maxsize = maxsize
    this._getters = new WaitList()
    this._putters = new WaitList()
    this._unfinished = 0
    this._finished = new Event()
    this._finished.set()
    this._items = items
    this._limit = maxsize > 0 ? maxsize : Infinity
    this._isShutDown = false
  }

  /** How many items are in it. */
  qsize(): number {
    return this._items.length
  }

  empty(): boolean {
    return this._items.length === 0
  }

  full(): boolean {
    return this._items.length >= this._limit
  }

  /**
   * Puts `item`; waits as long as the queue is full. Does not suspend if it is not.
   *
   * @throws {@link QueueShutDown} if the queue is shut down, also while this waits
   * @throws {@link RuntimeError} if it has to wait and the queue is bound to a different event loop
   */
  put(item: T): Coroutine<void> {
    return new Put(this, item)
  }

  /**
   * Puts `item` at once.
   *
   * @throws {@link QueueFull} if there is no room
   * @throws {@link QueueShutDown} if the queue is shut down
   */
  putNowait(item: T): void {
    this._checkOpen()
    if (this.full()) throw new QueueFull()
    this._items.push(item)
    this._unfinished += 1
    this._finished.clear()
    this._getters.wakeNext(undefined)
  }

  /**
   * Takes the next item; waits as long as the queue is empty. Does not suspend if it is not.
   *
   * @throws {@link QueueShutDown} if the queue is empty and shut down, also while this waits
   * @throws {@link RuntimeError} if it has to wait and the queue is bound to a different event loop
   */
  get(): Coroutine<T> {
    return new Get(this)
  }

  /**
   * Takes the next item at once.
   *
   * @throws {@link QueueEmpty} if there is none
   * @throws {@link QueueShutDown} if there is none and the queue is shut down
   */
  getNowait(): T {
    if (this._items.length === 0) {
      this._checkOpen()
      throw new QueueEmpty()
    }
    const item = this._items.shift()
    this._putters.wakeNext(undefined)
    return item
  }

  /**
   * Says that the work on an item that was taken is done.
   *
   * @throws {@link RangeError} if that was said for more items than were put
   */
  taskDone(): void {
    if (this._unfinished <= 0) {
      throw new RangeError(
        'taskDone() was called more often than items were put: call it once for each get()',
      )
    }
    this._unfinished -= 1
    if (this._unfinished === 0) this._finished.set()
  }

  /**
   * Waits until `taskDone()` was called for every item; does not suspend if that is so. Cancelling it
   * changes nothing.
   *
   * @throws {@link RuntimeError} if it has to wait and another loop has waited for the same
   */
  join(): Coroutine<void> {
    return join(this as unknown as Queue<never>)
  }

  /**
   * Nothing can be put from now on; `get()` gives what is left. With `immediate`, what is left is
   * dropped and counts as done. All who wait are woken, and those who wait in vain get a
   * {@link QueueShutDown}.
   */
  shutdown(immediate = false): void {
    this._isShutDown = true
    if (immediate) {
      while (this._items.length > 0) {
        this._items.shift()
        if (this._unfinished > 0) this._unfinished -= 1
      }
      if (this._unfinished === 0) this._finished.set()
    }
    while (this._getters.wakeNext(undefined));
    while (this._putters.wakeNext(undefined));
  }

  /** Gets item after item, until the queue is shut down and empty. `taskDone()` is the caller's. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return iterateUntil(QueueShutDown, () => this.get())
  }

  statistics(): QueueStatistics {
    return Object.freeze({
      qsize: this.qsize(),
      maxsize: this.maxsize,
      unfinishedTasks: this._unfinished,
      tasksWaitingPut: this._putters.countLive(),
      tasksWaitingGet: this._getters.countLive(),
      isShutDown: this._isShutDown,
    })
  }

  override toString(): string {
    const size =
      this._limit === Infinity
        ? `${this.qsize()} items`
        : `${this.qsize()} of ${this.maxsize} items`
    const parts = [size]
    const getters = this._getters.countLive()
    const putters = this._putters.countLive()
    if (getters > 0) parts.push(`${getters} waiting to get`)
    if (putters > 0) parts.push(`${putters} waiting to put`)
    if (this._unfinished > 0) parts.push(`${this._unfinished} unfinished`)
    if (this._isShutDown) parts.push('shut down')
    return `<${this._name} ${parts.join(', ')}>`
  }

  protected get _name(): string {
    return 'Queue'
  }

  /** @internal */
  _checkOpen(): void {
    if (this._isShutDown) throw new QueueShutDown()
  }
}
