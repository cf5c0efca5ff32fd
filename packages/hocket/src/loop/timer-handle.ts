import type { Context } from '../context/context-var.ts'
import type { EventLoop } from './event-loop.ts'
import { Handle } from './handle.ts'
import type { Timer, TimerLink } from './timer-queue.ts'

/** A callback that a loop will call at a time. asyncio.TimerHandle, CPython 3.13. */
export class TimerHandle extends Handle implements Timer {
  /** @internal */ declare readonly _when: number
  /** @internal */ declare _order: number
  /** @internal */ declare _previous: TimerLink | null
  /** @internal */ declare _next: TimerLink | null

  /** @internal */
  constructor(
    loop: EventLoop,
    when: number,
    callback: (...args: never[]) => unknown,
    args: unknown[],
    context: Context | null,
  ) {
    super(loop, callback, args, context)
    this._when = when
    this._order = -1
    this._previous = null
    this._next = null
  }

  /** The deadline, in ms of `loop.time()`. */
  when(): number {
    return this._when
  }

  override cancel(): void {
    if (this._callback !== null) this._loop._timers.noteCancelled(this)
    super.cancel()
  }

  /** @internal */
  _isCancelled(): boolean {
    return this._callback === null
  }
}
