import { Operation, type pending } from '../coroutine/operation.ts'
import { Waiter } from '../future/waiter.ts'
import type { Queue } from './queue.ts'

/** One `put(item)`. */
export class Put<T> extends Operation<void> {
  declare private readonly _queue: Queue<T>
  declare private readonly _item: T

  constructor(queue: Queue<T>, item: T) {
    super()
    this._queue = queue
    this._item = item
  }

  get name(): string {
    return 'Queue.put'
  }

  begin(): undefined | typeof pending {
    const queue = this._queue
    if (!queue.full()) {
      queue.putNowait(this._item)
      return
    }
    queue._checkOpen()
    const putter = new Waiter(queue)
    queue._putters.push(putter)
    return this.waitFor(putter)
  }

  /** Somebody may have been faster: looks again, as asyncio does. */
  goOn(): undefined | typeof pending {
    return this.begin()
  }

  giveUp(putter: Waiter): void {
    const queue = this._queue
    queue._putters.leave(putter)
    if (!queue.full() && !putter.cancelled()) queue._putters.wakeNext(undefined)
  }
}

/** One `get()`. */
export class Get<T> extends Operation<T> {
  declare private readonly _queue: Queue<T>

  constructor(queue: Queue<T>) {
    super()
    this._queue = queue
  }

  get name(): string {
    return 'Queue.get'
  }

  begin(): T | typeof pending {
    const queue = this._queue
    if (!queue.empty()) return queue.getNowait()
    queue._checkOpen()
    const getter = new Waiter(queue)
    queue._getters.push(getter)
    return this.waitFor(getter)
  }

  goOn(): T | typeof pending {
    return this.begin()
  }

  giveUp(getter: Waiter): void {
    const queue = this._queue
    queue._getters.leave(getter)
    if (!queue.empty() && !getter.cancelled()) queue._getters.wakeNext(undefined)
  }
}
