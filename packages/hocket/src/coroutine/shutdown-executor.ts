import { ExecutorFuture } from '../future/executor-future.ts'
import type { Suspension } from '../future/suspension.ts'
import type { DefaultExecutor } from '../loop/default-executor.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'

type Shutdown = (loop: EventLoop, holder: DefaultExecutor, delay: number | null) => Coroutine<void>

/** See `EventLoop.shutdownDefaultExecutor`. */
export const shutdownDefaultExecutor: Shutdown = coroutine(function* shutdownDefaultExecutor(
  loop: EventLoop,
  holder: DefaultExecutor,
  delay: number | null,
): Generator<Suspension, void, never> {
  const executor = holder.close()
  if (executor === null) return
  const shutdown = executor.shutdown({ wait: true })
  const ended = new ExecutorFuture<void>({ loop }).follow({
    addDoneCallback: (callback) => shutdown.addDoneCallback(callback),
    // Who stops waiting does not stop the shutdown.
    cancel: () => false,
    cancelled: () => shutdown.cancelled(),
    resultSync: () => shutdown.resultSync(),
  })
  let isLate = false
  const timer =
    delay === null
      ? null
      : loop.callLater(delay, () => {
          isLate = ended.cancel()
        })
  try {
    yield* ended
  } catch (error) {
    if (!isLate) throw error
    loop.callExceptionHandler({
      message: `the default executor did not end within ${delay} ms: a call of it still runs`,
    })
    executor.shutdown({ wait: false })
  } finally {
    timer?.cancel()
  }
})
