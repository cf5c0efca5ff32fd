import type { Linked } from '../base/linked-list.ts'
import { LinkedList } from '../base/linked-list.ts'
import { RuntimeError } from '../errors/errors.ts'
import { classNameOf, showAsText } from '../loop/checks.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { getRunningLoop } from '../loop/running.ts'
import { Future } from './future.ts'

/**
 * What tasks wait for: a lock, a queue. It belongs to the loop on which it is first waited for, and
 * to none as long as nobody has to wait. asyncio's `_LoopBoundMixin`.
 */
export abstract class LoopBound {
  declare private _loopBoundTo: EventLoop | null

  constructor() {
    this._loopBoundTo = null
  }

  /** What errors and deadlocks call it. */
  toString(): string {
    return `<${classNameOf(this)}>`
  }

  /** @internal The loop of a new waiter. */
  _bindLoop(): EventLoop {
    const loop = getRunningLoop()
    if (this._loopBoundTo === null) this._loopBoundTo = loop
    if (this._loopBoundTo === loop) return loop
    throw new RuntimeError(
      `${this} is bound to a different event loop: a task of another loop has waited for it. Make one for each loop`,
      { code: 'ERR_OTHER_LOOP' },
    )
  }
}

showAsText(LoopBound)

/**
 * One task's place in the {@link WaitList}s of a primitive. It is a Future: cancelling the task
 * cancels it, and who wakes it gives it a result.
 */
export class Waiter<V = undefined> extends Future<V> implements Linked<Waiter<V>> {
  declare previous: Waiter<V> | null
  declare next: Waiter<V> | null
  declare private readonly _owner: LoopBound

  /** @throws {@link RuntimeError} if `owner` is bound to a different event loop */
  constructor(owner: LoopBound) {
    super(owner._bindLoop()._asOption)
    this.previous = null
    this.next = null
    this._owner = owner
  }

  /** It was woken: it has a result, and its task goes on in this iteration or the next one. */
  isWoken(): boolean {
    return this._isFulfilled()
  }

  /** @internal */
  override _describeSubject(): string {
    return String(this._owner)
  }
}

/**
 * Who waits, in the order of waiting. A waiter that is cancelled stays until its task has gone on
 * and left.
 */
export class WaitList<V = undefined> extends LinkedList<Waiter<V>> {
  /** Somebody in it is not cancelled. */
  hasLive(): boolean {
    for (let waiter = this.first; waiter !== null; waiter = waiter.next) {
      if (!waiter.cancelled()) return true
    }
    return false
  }

  /** How many are not cancelled; O(n). */
  countLive(): number {
    let count = 0
    for (let waiter = this.first; waiter !== null; waiter = waiter.next) {
      if (!waiter.cancelled()) count += 1
    }
    return count
  }

  /** Takes out the first who still waits, and gives it back; null if there is nobody. */
  takeNext(): Waiter<V> | null {
    for (let waiter = this.first; waiter !== null; waiter = this.first) {
      this.remove(waiter)
      if (!waiter.done()) return waiter
    }
    return null
  }

  /** Takes out the first who still waits and wakes it with `value`; false if there is nobody. */
  wakeNext(value: V): boolean {
    const waiter = this.takeNext()
    waiter?.setResult(value)
    return waiter !== null
  }

  /** Takes `waiter` out, unless it is out already. */
  leave(waiter: Waiter<V>): void {
    if (waiter.previous !== null || this.first === waiter) this.remove(waiter)
  }
}
