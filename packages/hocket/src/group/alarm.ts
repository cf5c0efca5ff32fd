import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { setStrand } from '../loop/running.ts'
import type { Timer, TimerLink } from '../loop/timer-queue.ts'

/** What rings when the time has come. It must not throw. */
export interface Ringing {
  _ring(): void
}

/** A deadline of a scope: a timer without what a callback of the user's needs. */
export class Alarm implements Timer, Runnable {
  declare readonly _loop: EventLoop
  declare readonly _when: number
  declare _order: number
  declare _previous: TimerLink | null
  declare _next: TimerLink | null
  declare private _owner: Ringing | null

  /** Rings in the next iteration if `when` (ms of `loop.time()`), `delay` from now, has passed. */
  constructor(loop: EventLoop, when: number, delay: number | undefined, owner: Ringing) {
    this._loop = loop
    this._when = when
    this._order = -1
    this._previous = null
    this._next = null
    this._owner = owner
    // The clock is asked again only where the delay does not say it.
    if (delay === undefined ? when <= loop.time() : delay <= 0) loop._enqueue(this)
    else {
      loop._timers.push(this, delay)
      loop._wake()
    }
  }

  cancel(): void {
    if (this._owner === null) return
    this._owner = null
    this._loop._timers.noteCancelled(this)
  }

  _isCancelled(): boolean {
    return this._owner === null
  }

  _run(): void {
    const owner = this._owner
    this._owner = null
    setStrand(null)
    owner?._ring()
  }

  toString(): string {
    return `<deadline at ${this._when}>`
  }
}
