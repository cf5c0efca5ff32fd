import { type Context, copyContext, getEventLoop, type Task } from 'hocket'
import { encodeError } from '../wire/errors.ts'
import { CANCELLED, CHUNK, ERROR, PLAIN, RESULT, WITH_CONTEXT } from '../wire/messages.ts'
import { type Medium, pack } from '../wire/values.ts'
import { withValues } from './context.ts'
import { type Job, setJob, setRunning } from './job.ts'
import type { KnownFunction } from './known-function.ts'
import type { Line } from './line.ts'
import type { Outbox } from './outbox.ts'

class RunningJob implements Job {
  readonly slot: number
  task: Task<unknown> | null = null
  readonly #line: Line

  constructor(slot: number, line: Line) {
    this.slot = slot
    this.#line = line
  }

  isInterrupted(): boolean {
    return this.#line.isInterrupted(this.slot)
  }
}

/** Runs calls, and puts their outcomes into an outbox. */
export class Runner {
  readonly #line: Line
  readonly #medium: Medium
  readonly #outbox: Outbox
  readonly #taskDone: () => void
  readonly #jobs = new Map<number, Job>()

  /** @param taskDone is called when a call has ended that was not over when it was begun */
  constructor(line: Line, medium: Medium, outbox: Outbox, taskDone: () => void) {
    this.#line = line
    this.#medium = medium
    this.#outbox = outbox
    this.#taskDone = taskDone
  }

  /** Calls that have begun and are not over. */
  get active(): number {
    return this.#jobs.size
  }

  /** Cancels the task of that call; false if it has none. */
  interrupt(slot: number): boolean {
    return this.#jobs.get(slot)?.task?.cancel('the call was interrupted') ?? false
  }

  begin(known: KnownFunction, slot: number, args: unknown[], kind: number): void {
    const job = new RunningJob(slot, this.#line)
    setRunning(job)
    try {
      const result = this.#call(known, job, args, kind)
      if (isAsync(result)) this.#runTask(job, copyContext(), () => result as never)
      else if (result !== this) this.#succeed(slot, result)
    } catch (error) {
      this.#fail(slot, error)
    } finally {
      setRunning(null)
    }
  }

  /** Gives the result; a promise or coroutine of it; or this, where a task has begun. */
  #call(
    { fn: known, isCoroutine }: KnownFunction,
    job: Job,
    args: unknown[],
    kind: number,
  ): unknown {
    const fn = known as (...args: unknown[]) => unknown
    if (kind === PLAIN && !isCoroutine) return fn(...args)
    if (kind === CHUNK && !isCoroutine) return (args as unknown[][]).map((each) => fn(...each))
    if (kind === CHUNK) {
      this.#runTask(job, copyContext(), async () => {
        const results: unknown[] = []
        for (const each of args as unknown[][]) {
          results.push(await (fn(...each) as PromiseLike<unknown>))
        }
        return results
      })
      return this
    }
    if (kind === WITH_CONTEXT) {
      const [values, own] = args as [[string, unknown][], unknown[]]
      const context = withValues(values)
      if (!isCoroutine) return context.run(() => fn(...own))
      this.#runTask(job, context, () => fn(...own) as never)
      return this
    }
    this.#runTask(job, copyContext(), () => fn(...args) as never)
    return this
  }

  #runTask(job: Job, context: Context, source: () => PromiseLike<unknown>): void {
    context.run(setJob, job)
    const task = getEventLoop().createTask<unknown>(source, { context })
    job.task = task
    this.#jobs.set(job.slot, job)
    task.addDoneCallback(() => {
      this.#jobs.delete(job.slot)
      if (task.cancelled()) this.#outbox.reply(job.slot, CANCELLED, null)
      else {
        const exception = task.exception()
        if (exception === null) this.#succeed(job.slot, task.result())
        else this.#fail(job.slot, exception)
      }
      this.#taskDone()
      this.#outbox.planFlush()
    })
  }

  #succeed(slot: number, result: unknown): void {
    const type = typeof result
    if (result === null || (type !== 'object' && type !== 'function' && type !== 'symbol')) {
      this.#outbox.reply(slot, RESULT, result)
      return
    }
    try {
      this.#outbox.succeed(slot, pack(result, 'the result', this.#medium))
    } catch (error) {
      this.#fail(slot, error)
    }
  }

  #fail(slot: number, error: unknown): void {
    const isCancelled = error instanceof Error && error.name === 'CancelledError'
    if (isCancelled && this.#line.isInterrupted(slot)) this.#outbox.reply(slot, CANCELLED, null)
    else this.#outbox.reply(slot, ERROR, encodeError(error))
  }
}

/** Something to be awaited by a task. */
export function isAsync(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { then, next, throw: fail } = value as Record<string, unknown>
  return typeof then === 'function' || (typeof next === 'function' && typeof fail === 'function')
}
