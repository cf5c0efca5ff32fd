import { Future } from '../future/future.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'
import { livingIn } from './generator-life.ts'

/** Done when all `closings` are. A cancellation goes on to each and arrives when they have ended. */
class AllClosed extends Future<void> {
  readonly #closings: readonly Future<unknown>[]
  #cancellation: { reason: unknown } | null = null

  constructor(loop: EventLoop, closings: readonly Future<unknown>[]) {
    super({ loop })
    this.#closings = closings
    let left = closings.length
    const arrive = () => {
      left -= 1
      if (left > 0 || this.done()) return
      if (this.#cancellation === null) this._resolve()
      else super.cancel(this.#cancellation.reason)
    }
    for (const closing of closings) closing.addDoneCallback(arrive)
  }

  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    this.#cancellation = { reason }
    for (const closing of this.#closings) closing.cancel(reason)
    return true
  }
}

/** See `EventLoop.shutdownAsyncgens`. */
export const shutdownAsyncgens: (loop: EventLoop) => Coroutine<void> = coroutine(
  function* shutdownAsyncgens(loop: EventLoop) {
    const living = livingIn(loop)
    living.isShutDown = true
    const lives = [...living.lives]
    if (lives.length === 0) return
    const closings = lives.map((life) => loop.createTask(life.request('aclose', undefined, null)))
    yield* new AllClosed(loop, closings)
    for (const [index, closing] of closings.entries()) {
      const exception = closing.cancelled() ? null : closing.exception()
      if (exception === null) continue
      loop.callExceptionHandler({
        message: `an error occurred while the async generator ${lives[index]?.name} was closed`,
        exception,
      })
    }
  },
)
