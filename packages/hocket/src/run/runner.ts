import { type Context, copyContext } from '../context/context-var.ts'
import { CancelledError, KeyboardInterrupt, RuntimeError } from '../errors/errors.ts'
import { newEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { TaskSource } from '../task/create-task.ts'
import { currentTask } from '../task/registry.ts'
import { allDone, cancelTasks, reportErrors, reportPending } from './shutdown.ts'

// asyncio's THREAD_JOIN_TIMEOUT.
const EXECUTOR_JOIN_MS = 300_000

export interface RunOptions {
  /** Debug mode of the loop; the loop's own choice when left out. */
  debug?: boolean
  /** Makes the loop; on the platform's own host when left out. */
  loopFactory?: () => EventLoop
}

/**
 * Several runs on one loop and in one context. asyncio.Runner, CPython 3.13.
 *
 * `close()` cancels the tasks that are left and waits for them, reports their errors, closes the async
 * generators that are left, and closes the loop.
 *
 * @example
 * ```ts
 * const runner = new Runner()
 * const first = await runner.run(async () => await sleep(1, 'a'))
 * const second = await runner.run(async () => await sleep(1, 'b'))
 * await runner.close()
 * first + second // => 'ab'
 * ```
 */
export class Runner {
  readonly #options: RunOptions
  #loop: EventLoop | null = null
  #context: Context | null = null
  #isClosed = false

  constructor(options: RunOptions = {}) {
    this.#options = options
  }

  /** The loop; made when it is first asked for. */
  getLoop(): EventLoop {
    if (this.#isClosed) throw new RuntimeError('the Runner is closed: make a new one')
    if (this.#loop === null) {
      this.#loop = this.#options.loopFactory?.() ?? newEventLoop()
      if (this.#options.debug !== undefined) this.#loop.setDebug(this.#options.debug)
      this.#context = copyContext()
    }
    return this.#loop
  }

  /**
   * Runs `main` as a task to its end and gives its result; other tasks stay for the next run.
   *
   * The first SIGINT or SIGTERM cancels the main task, if the program has no handler of its own;
   * the second ends the process.
   *
   * @throws {@link KeyboardInterrupt} if `main` was cancelled by a signal
   * @throws {@link DeadlockError} if `main` can never end
   * @throws {@link RuntimeError} if the Runner is closed, or is running
   */
  async run<T>(main: TaskSource<T>, options: { context?: Context } = {}): Promise<T> {
    const loop = this.getLoop()
    const context = options.context ?? (this.#context as Context)
    if (loop.isRunning()) {
      throw new RuntimeError('this Runner is running already: await that run first')
    }
    const task = loop.createTask(main, { context })
    const interrupts: KeyboardInterrupt[] = []
    const stopSignals = loop.host.onSignal?.((signal) => {
      if (interrupts.length > 0) loop.host.raise?.(signal)
      interrupts.push(new KeyboardInterrupt(signal))
      task.cancel(interrupts[0])
    })
    // Inside a task, a cancellation of that one goes on to this run.
    const outer = currentTask()?.signal
    const passOn = () => task.cancel((outer?.reason as CancelledError | undefined)?.reason)
    outer?.addEventListener('abort', passOn)
    try {
      return await loop.runUntilComplete(task)
    } catch (error) {
      const [interrupt] = interrupts
      if (interrupt === undefined || !(error instanceof CancelledError)) throw error
      throw task.uncancel() === 0 ? interrupt : error
    } finally {
      stopSignals?.()
      outer?.removeEventListener('abort', passOn)
    }
  }

  /** Ends what is left and closes the loop; a second call does nothing. */
  async close(): Promise<void> {
    const loop = this.#loop
    if (loop?.isRunning() === true) {
      throw new RuntimeError('the Runner is running: await its run before you close it')
    }
    this.#isClosed = true
    this.#loop = null
    if (loop === null || loop.isClosed()) return
    try {
      const tasks = cancelTasks(loop)
      if (tasks.length > 0) await loop.runUntilComplete(allDone(loop, tasks))
      reportErrors(loop, tasks)
      // Its own task, and one more round for what the last iterations have scheduled: as many as
      // asyncio's shutdown of the default executor takes.
      await loop.runUntilComplete(
        loop.createTask(loop.shutdownAsyncgens(), { name: 'shutdown of async generators' }),
      )
      await loop.runUntilComplete(
        loop.createTask(loop.shutdownDefaultExecutor(EXECUTOR_JOIN_MS), {
          name: 'shutdown of executor',
        }),
      )
      // What clean-up code has started meanwhile gets no time, as in asyncio, but is not lost silently.
      reportPending(loop)
    } finally {
      loop.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
