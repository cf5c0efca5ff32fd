import { type EventLoop, getRunningLoop } from 'hocket'
import { LoopBound, Waiter } from 'hocket/lowlevel'

/** Belongs to no loop: who waits does so on the loop that it runs on. */
class Unbound extends LoopBound {
  override _bindLoop(): EventLoop {
    return getRunningLoop()
  }
}

const unbound = new Unbound()

/** A wait for news from the network. `subject` is what a deadlock's message calls it. */
export class NewsWaiter extends Waiter {
  declare private readonly _subject: { describe(): string }

  constructor(subject: { describe(): string }) {
    super(unbound)
    this._subject = subject
  }

  /** @internal */
  override _describeSubject(): string {
    return this._subject.describe()
  }

  /** Nothing happens if it was cancelled, or its loop is closed. */
  wake(): void {
    if (!this.done() && !this.getLoop().isClosed()) this.setResult(undefined)
  }
}
