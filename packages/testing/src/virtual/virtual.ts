import {
  allTasks,
  type Coroutine,
  currentTask,
  EventLoop,
  type ExceptionContext,
  Runner,
  type Suspension,
  type Task,
} from 'hocket'
import { type LeakError, leakOfReports, leakOfTasks } from './leak-error.ts'
import { VirtualHost } from './virtual-host.ts'

/** What a test on virtual time is given. */
export interface VirtualRun {
  /** The loop that runs the body. */
  readonly loop: EventLoop
  /** Its clock: `host.now()`, `host.advance(when)`. */
  readonly host: VirtualHost
}

/** The body of a test: an async function, a generator function or a coroutine function. */
export type VirtualBody<A extends unknown[] = []> = (
  run: VirtualRun,
  ...args: A
) => Coroutine<unknown> | Generator<Suspension, unknown, never> | PromiseLike<unknown>

/**
 * Makes a test function of a coroutine's body, for any test runner: it runs `body` on a loop of its
 * own on virtual time, from 0 ms, and gives it the loop and its clock, and behind them what the
 * runner passes on.
 *
 * The test fails with a {@link LeakError} if `body` leaves tasks behind, or if anything is reported
 * to the loop's exception handler: an exception that nobody looked at, a coroutine that nobody
 * awaited. What is left is cancelled and waited for. When the runner gives an AbortSignal in its
 * context and aborts it, as Vitest does at its time limit, the body is cancelled.
 *
 * @example
 * ```ts
 * const hour = virtual(async ({ loop }) => {
 *   await sleep(3_600_000)
 *   if (loop.time() !== 3_600_000) throw new Error('what time is it?')
 * })
 * await hour() // => undefined
 *
 * const leaky = virtual(function* () {
 *   createTask(sleep(5))
 *   yield* sleep(1)
 * })
 * await leaky() // => throws LeakError
 * ```
 */
export function virtual<A extends unknown[] = []>(
  body: VirtualBody<A>,
): (...args: A) => Promise<void> {
  if (typeof body !== 'function') {
    throw new TypeError(`virtual() expected the body of a test as a function, got ${typeof body}`)
  }
  return async (...args) => {
    const host = new VirtualHost()
    const loop = new EventLoop({ host })
    const reports: ExceptionContext[] = []
    loop.setExceptionHandler((_loop, context) => reports.push(context))
    const runner = new Runner({ loopFactory: () => loop })
    let leak: LeakError | null
    try {
      await runner.run(() => {
        onAbort(args, currentTask() as Task<unknown>)
        return body({ loop, host }, ...args)
      })
      leak = await findLeft(loop)
    } finally {
      await runner.close()
    }
    leak ??= leakOfReports(reports)
    if (leak !== null) throw leak
  }
}

async function findLeft(loop: EventLoop): Promise<LeakError | null> {
  // A task that is about to end is not left.
  while (loop.statistics().ready > 0) {
    loop.stop()
    await loop.runForever()
  }
  return leakOfTasks([...allTasks(loop)], (task) => task.getName())
}

function onAbort(args: readonly unknown[], task: Task<unknown>): void {
  for (const context of args) {
    if (context === null || (typeof context !== 'object' && typeof context !== 'function')) continue
    const { signal } = context as { signal?: unknown }
    if (!(signal instanceof AbortSignal)) continue
    signal.addEventListener('abort', () => task.cancel(signal.reason), { once: true })
  }
}
