import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'

/** A waiter of another loop. To one whose clock is virtual, what it waits for is something foreign. */
export class DistantWaiter implements Runnable {
  readonly waiter: Runnable

  constructor(waiter: Runnable) {
    this.waiter = waiter
    waiter._loop._foreign += 1
  }

  get _loop(): EventLoop {
    return this.waiter._loop
  }

  /** It waits no more. */
  leave(): void {
    this._loop._endForeign()
  }

  _run(): void {
    this.leave()
    this.waiter._run()
  }

  toString(): string {
    return String(this.waiter)
  }
}
