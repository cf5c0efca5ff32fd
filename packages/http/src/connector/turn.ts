import { type EventLoop, getRunningLoop } from 'hocket'
import { Operation, type pending } from 'hocket/lowlevel'
import { NewsWaiter } from '../base/unbound.ts'
import type { Slots } from './slots.ts'

/**
 * An operation that needs a unit of two limits before it begins, and gives both back when it is over:
 * that of its server, then that of all. It waits first come, first served.
 */
export abstract class Turn extends Operation<undefined> {
  /** Where it runs; there from the first step on. */
  declare protected _loop: EventLoop
  // Why it is over, for the task that waits.
  declare protected _failure: Error | null
  declare private readonly _first: Slots
  declare private readonly _second: Slots
  declare private _units: number
  declare private _queue: Slots | null
  declare private _news: NewsWaiter | null

  constructor(first: Slots, second: Slots) {
    super()
    this._loop = null as unknown as EventLoop
    this._failure = null
    this._first = first
    this._second = second
    this._units = 0
    this._queue = null
    this._news = null
  }

  /** What a deadlock's message says that it waits for. */
  abstract describe(): string

  /** It is awaited; its turn has not come. */
  protected abstract _onBegin(): void

  /** It has to wait for its turn. */
  protected abstract _onQueued(): void

  /** It has both units. Throws, or brings about `_wake`, later. */
  protected abstract _onTurn(wasQueued: boolean): void

  /** The task has given up. */
  protected abstract _onCancel(): void

  begin(): undefined | typeof pending {
    this._loop = getRunningLoop()
    this._onBegin()
    this._throwFailure()
    return this._goThrough(false)
  }

  goOn(): undefined | typeof pending {
    const wasQueued = this._queue !== null
    this._leaveQueue()
    this._throwFailure()
    return wasQueued ? this._goThrough(true) : undefined
  }

  giveUp(): void {
    this._leaveQueue()
    this._news = null
    this._onCancel()
  }

  /** Something has happened that the task waits for. */
  protected _wake(): void {
    const news = this._news
    this._news = null
    news?.wake()
  }

  /** Gives back what it has of the limits; nothing the second time. */
  protected _release(): void {
    this._leaveQueue()
    const units = this._units
    this._units = 0
    if (units === 2) this._second.release()
    if (units > 0) this._first.release()
  }

  private _goThrough(wasQueued: boolean): typeof pending {
    if (this._units === 0) {
      if (!this._first.take()) return this._waitIn(this._first, wasQueued)
      this._units = 1
    }
    if (this._units === 1) {
      if (!this._second.take()) return this._waitIn(this._second, wasQueued)
      this._units = 2
    }
    const news = new NewsWaiter(this)
    this._news = news
    this._onTurn(wasQueued)
    this._throwFailure()
    return this.waitFor(news)
  }

  private _waitIn(slots: Slots, wasQueued: boolean): typeof pending {
    if (!wasQueued) this._onQueued()
    const waiter = new NewsWaiter(this)
    this._news = waiter
    this._queue = slots
    slots.queue.push(waiter)
    return this.waitFor(waiter)
  }

  /** A unit that has been handed over is its own from then on, also if it is over already. */
  private _leaveQueue(): void {
    const queue = this._queue
    if (queue === null) return
    this._queue = null
    const waiter = this._news as NewsWaiter
    queue.queue.leave(waiter)
    if (waiter.isWoken()) this._units += 1
  }

  private _throwFailure(): void {
    const failure = this._failure
    if (failure === null) return
    this._failure = null
    throw failure
  }
}
