import type { Coroutine } from '../coroutine/coroutine.ts'
import { Operation, type pending } from '../coroutine/operation.ts'
import { LoopBound, Waiter, WaitList } from '../future/waiter.ts'

/** What `event.statistics()` gives. */
export interface EventStatistics {
  readonly tasksWaiting: number
}

class Wait extends Operation<true> {
  declare private readonly _event: Event

  constructor(event: Event) {
    super()
    this._event = event
  }

  get name(): string {
    return 'Event.wait'
  }

  begin(): true | typeof pending {
    const event = this._event
    if (event.isSet()) return true
    const waiter = new Waiter(event)
    event._waiters.push(waiter)
    return this.waitFor(waiter)
  }

  goOn(): true {
    return true
  }

  giveUp(waiter: Waiter): void {
    this._event._waiters.leave(waiter)
  }
}

/**
 * A flag that tasks can wait for. asyncio.Event, CPython 3.13.
 *
 * `set()` wakes all who wait, in the order of waiting; they go on in the next iteration, also if the
 * flag is cleared before.
 *
 * @example
 * ```ts
 * const ready = new Event()
 * await run(async () => {
 *   const task = createTask(ready.wait())
 *   await sleep(1)
 *   ready.set()
 *   return await task
 * }) // => true
 * ```
 */
export class Event extends LoopBound {
  /** @internal */ declare readonly _waiters: WaitList
  declare private _isSet: boolean

  constructor() {
    super()
    this._waiters = new WaitList()
    this._isSet = false
  }

  isSet(): boolean {
    return this._isSet
  }

  /** Sets the flag, and wakes all who wait for it. */
  set(): void {
    if (this._isSet) return
    this._isSet = true
    while (this._waiters.wakeNext(undefined));
  }

  /** Who waits from now on waits for the next `set()`. */
  clear(): void {
    this._isSet = false
  }

  /**
   * Waits until the flag is set; does not suspend if it is. A waiter that is cancelled leaves.
   *
   * @throws {@link RuntimeError} if it has to wait and the event is bound to a different event loop
   */
  wait(): Coroutine<true> {
    return new Wait(this)
  }

  statistics(): EventStatistics {
    return Object.freeze({ tasksWaiting: this._waiters.countLive() })
  }

  override toString(): string {
    const waiting = this._waiters.countLive()
    return `<Event ${this._isSet ? 'set' : 'unset'}${waiting > 0 ? `, ${waiting} waiting` : ''}>`
  }
}
