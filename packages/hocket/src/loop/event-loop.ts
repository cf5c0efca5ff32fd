import { LinkedList } from '../base/linked-list.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import type { Future } from '../future/future.ts'
import type { Awaitable, TaskFactory, TaskOptions, TaskSource } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'
import { checkCallback, checkTime, describe, stoppedEarly } from './checks.ts'
import { SlowReport } from './debug.ts'
import { DefaultExecutor, type Executor } from './default-executor.ts'
import {
  callHandler,
  type ExceptionContext,
  type ExceptionHandler,
  reportToConsole,
} from './exception-handler.ts'
import { Handle } from './handle.ts'
import type { Host } from './host.ts'
import { parts } from './parts.ts'
import { Scheduler } from './scheduler.ts'
import { TimerHandle } from './timer-handle.ts'

export interface EventLoopOptions {
  /** What the loop stands on; the platform's own when left out. */
  host?: Host
  /** Reports slow steps and keeps where tasks and handles were made; false when left out. */
  debug?: boolean
}

type Callback = (...args: never[]) => unknown

/**
 * One ready queue, one timer queue, and a host that polls I/O. asyncio's event loop, CPython 3.13.
 *
 * An iteration runs the handles that were ready when it began, in FIFO order; what they add runs in
 * the next one, so that a task which spins starves neither timers nor sockets. Times are in ms.
 */
export class EventLoop extends Scheduler {
  /** In debug mode, a step or an iteration that takes longer than this (in ms) is reported. */
  slowCallbackDuration = 100
  /** @internal Strong references: a task can't vanish while it is waiting. */
  readonly _tasks: LinkedList<Task<unknown>> = new LinkedList()

  #taskFactory: TaskFactory | null = null
  #exceptionHandler: ExceptionHandler | null = null
  readonly #defaultExecutor = new DefaultExecutor()

  constructor(options: EventLoopOptions = {}) {
    super(options.host)
    this.setDebug(options.debug ?? false)
  }

  /** The loop's clock in ms; it never goes back and says nothing about the date. */
  time(): number {
    return this.host.now()
  }

  /**
   * Calls `callback` in the next iteration, behind what is ready already.
   *
   * @throws {@link TypeError} if `callback` is not a function
   * @throws {@link RuntimeError} if the loop is closed
   */
  callSoon<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    checkCallback(callback, 'callSoon')
    this._checkOpen()
    const handle = new Handle(this, callback as Callback, args, null)
    this._enqueue(handle)
    return handle
  }

  /** The same as `callSoon`, under asyncio's name: other code of this thread can't interrupt it. */
  callSoonThreadsafe<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): Handle {
    return this.callSoon(callback, ...args)
  }

  /**
   * Calls `callback` in `delay` ms and never earlier; with 0 or less, in the next iteration.
   *
   * @throws {@link RangeError} if `delay` is NaN
   */
  callLater<A extends unknown[]>(
    delay: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    checkTime(delay, 'callLater', 'a delay')
    return this.#addTimer(this.host.now() + delay, delay, callback as Callback, args)
  }

  /** Calls `callback` at `when`, in ms of `time()`; FIFO among equal times. */
  callAt<A extends unknown[]>(
    when: number,
    callback: (...args: A) => unknown,
    ...args: A
  ): TimerHandle {
    checkTime(when, 'callAt', 'a time')
    return this.#addTimer(when, undefined, callback as Callback, args)
  }

  createFuture<T>(): Future<T> {
    return parts.makeFuture(this)
  }

  /** Starts a coroutine as a Task of this loop; see `createTask`. */
  createTask<T>(source: TaskSource<T>, options?: TaskOptions): Task<T> {
    this._checkOpen()
    if (this.#taskFactory === null) return parts.makeTask(this, source, options)
    const task: unknown = this.#taskFactory(this, source, options ?? {})
    checkTask(task)
    return task as Task<T>
  }

  /**
   * From now on makes tasks by `factory(loop, source, options)`; null for the built-in way, which is
   * `new Task(source, options, loop)`. A factory must give a Future.
   */
  setTaskFactory(factory: TaskFactory | null): void {
    checkFunctionOrNull(factory, 'setTaskFactory')
    this.#taskFactory = factory
  }

  getTaskFactory(): TaskFactory | null {
    return this.#taskFactory
  }

  /**
   * Runs until `awaitable` is done and gives its result.
   *
   * @throws {@link RuntimeError} if the loop is closed or running, or is stopped before the end
   * @throws {@link DeadlockError} if `awaitable` can never be done
   */
  async runUntilComplete<T>(awaitable: Awaitable<T>): Promise<T> {
    this._checkStart()
    const future = parts.ensureFuture(awaitable, this)
    const stop = () => this.stop()
    future.addDoneCallback(stop)
    try {
      await this.runForever()
    } finally {
      future.removeDoneCallback(stop)
    }
    if (!future.done()) {
      throw stoppedEarly()
    }
    return future.result()
  }

  /**
   * Closes the async generators that were begun on this loop and are not over: all at once, each in a
   * task of its own, and waits for their ends. Errors go to the exception handler, and from now on one
   * that is begun is reported. `run()` does it at its end; a loop of your own does it before `close()`.
   * asyncio's `loop.shutdown_asyncgens()`, CPython 3.13.
   */
  shutdownAsyncgens(): Coroutine<void> {
    return parts.shutdownAsyncgens(this)
  }

  /**
   * Calls `fn(...args)` in a worker of `executor`, by default of the loop's own threads, which
   * `@hocket/executors` provides. Cancelling the future takes back a call that has not begun, and walks
   * away from one that runs. Context variables stay here; `toThread` takes them along.
   * asyncio's `loop.run_in_executor()`, CPython 3.13.
   *
   * @throws {@link RuntimeError} if the loop is closed, the default executor is shut down, or there is none
   */
  runInExecutor<A extends unknown[], R>(
    executor: Executor | null,
    fn: (...args: A) => R,
    ...args: A
  ): Future<Awaited<R>> {
    this._checkOpen()
    checkCallback(fn, 'runInExecutor')
    const call = (executor ?? this.#defaultExecutor.get()).submit(fn, ...args)
    return parts.followCall(this, call)
  }

  /** Makes `executor` the one for `runInExecutor(null, …)` and `toThread`; the loop shuts it down. */
  setDefaultExecutor(executor: Executor): void {
    this.#defaultExecutor.set(executor)
  }

  /** @internal The default executor; made when it is first asked for. */
  _getDefaultExecutor(): Executor {
    return this.#defaultExecutor.get()
  }

  /**
   * Shuts the default executor down and waits for its end, at most `delay` ms (null: as long as it
   * takes), and reports if calls of it still run then. Afterwards nothing can be given to it. `run()`
   * does it at its end. asyncio's `loop.shutdown_default_executor()`, CPython 3.13.
   */
  shutdownDefaultExecutor(delay: number | null = null): Coroutine<void> {
    return parts.shutdownDefaultExecutor(this, this.#defaultExecutor, delay)
  }

  /** Reports by `handler(loop, context)` from now on; null for the console. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    checkFunctionOrNull(handler, 'setExceptionHandler')
    this.#exceptionHandler = handler
  }

  getExceptionHandler(): ExceptionHandler | null {
    return this.#exceptionHandler
  }

  /** Prints `context` to the console. */
  defaultExceptionHandler(context: ExceptionContext): void {
    reportToConsole(context)
  }

  /** Reports what nobody else can be told of. Never throws. */
  callExceptionHandler(context: ExceptionContext): void {
    callHandler(this, this.#exceptionHandler, context)
  }

  setDebug(debug: boolean): void {
    this._slow = debug ? new SlowReport(this) : null
  }

  getDebug(): boolean {
    return this._slow !== null
  }

  #addTimer(
    when: number,
    delay: number | undefined,
    callback: Callback,
    args: unknown[],
  ): TimerHandle {
    checkCallback(callback, 'a timer')
    this._checkOpen()
    const timer = new TimerHandle(this, when, callback, args, null)
    this._timers.push(timer, delay)
    this._wake()
    return timer
  }
}

function checkTask(value: unknown): void {
  if (typeof (value as Task<unknown> | null)?.addDoneCallback === 'function') return
  throw new TypeError(
    `a task factory must give a Future, got ${describe(value)}: return new Task(source, options, loop)`,
  )
}

function checkFunctionOrNull(value: unknown, method: string): void {
  if (value === null || typeof value === 'function') return
  throw new TypeError(`${method} expected a function or null, got ${typeof value}`)
}
