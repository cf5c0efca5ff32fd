import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Transport } from './transport.ts'

/** What a coroutine waits for until the transport settles it. */
export class News extends Future<void> {
  readonly #what: string

  /** `what` is for the message of a DeadlockError. */
  constructor(loop: EventLoop, what: string) {
    super({ loop })
    this.#what = what
  }

  /** @internal */
  override _describeSubject(): string {
    return this.#what
  }
}

/**
 * Waits for `news`. If the transport gets them from outside, a virtual clock stands still meanwhile, as
 * for every foreign promise.
 */
export function* waitForNews(
  news: News,
  transport: Transport | null,
): Generator<Suspension, void, unknown> {
  if (transport?.isExternal !== true) {
    yield* news
    return
  }
  const loop = news.getLoop()
  loop._foreign += 1
  try {
    yield* news
  } finally {
    loop._endForeign()
  }
}
