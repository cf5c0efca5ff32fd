import type { EventLoop } from '../loop/event-loop.ts'
import type { Future } from './future.ts'

/** Those of each loop that nobody has looked at, for the report when it closes. */
const unseen = new WeakMap<EventLoop, Set<Failure>>()

const collected = new FinalizationRegistry<Failure>((failure) => failure.report())

/**
 * The exception of a future, and whether anybody has looked at it. Python reports a lost one when
 * the reference count drops to zero; here it is the garbage collector, and the end of the loop.
 */
export class Failure {
  readonly #error: unknown
  readonly #loop: EventLoop
  // Not the future itself: that would keep it alive.
  readonly #subject: string
  #isSeen = false

  constructor(future: Future<unknown>, error: unknown) {
    this.#error = error
    this.#loop = future._loop
    this.#subject = future._describeSubject()
    let failures = unseen.get(this.#loop)
    if (failures === undefined) {
      failures = new Set()
      unseen.set(this.#loop, failures)
    }
    failures.add(this)
    collected.register(future, this, this)
  }

  peek(): unknown {
    return this.#error
  }

  take(): unknown {
    this.ignore()
    return this.#error
  }

  /** Somebody has taken notice, or says that nobody needs to. */
  ignore(): void {
    if (this.#isSeen) return
    this.#isSeen = true
    unseen.get(this.#loop)?.delete(this)
    collected.unregister(this)
  }

  report(): void {
    if (this.#isSeen) return
    this.ignore()
    this.#loop.callExceptionHandler({
      message: `the exception of ${this.#subject} was never retrieved: await it, or look at its exception()`,
      exception: this.#error,
    })
  }
}

/** Reports every lost exception of a loop that closes. */
export function reportFailures(loop: EventLoop): void {
  for (const failure of unseen.get(loop) ?? []) failure.report()
}
