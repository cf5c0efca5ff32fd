import { availableParallelism } from 'node:os'
import type { Future } from '../concurrent/future.ts'
import type { BrokenExecutor } from '../errors/errors.ts'
import { referenceOf } from '../functions/reference.ts'
import type { Call, CallOptions } from '../pool/call.ts'
import type { Link, LinkOptions, ResourceLimits } from '../pool/link.ts'
import { Pool } from '../pool/pool.ts'
import type { ExecutorStatistics } from '../pool/statistics.ts'
import { CHUNK, PLAIN, WITH_CONTEXT } from '../wire/messages.ts'
import { packArguments } from '../wire/values.ts'
import { valuesOfContext } from '../worker/context.ts'
import { Executor, plainCall, type ShutdownOptions, type SubmitOptions } from './executor.ts'

export interface PoolExecutorOptions {
  /** How many workers at most; they are started when calls need them. */
  maxWorkers?: number
  /** Begins the names of the workers. */
  namePrefix?: string
  /** Called in each worker before its first call. If it fails, the executor is broken. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the arguments are, `initargs` has them.
  initializer?: ((...args: any[]) => unknown) | null
  initargs?: readonly unknown[]
  /** A worker ends after so many calls, and a fresh one takes its place; no limit by default. */
  maxTasksPerWorker?: number
  /** How many async functions run at once in one worker; 1 by default. */
  callsPerWorker?: number
  /**
   * Calls of functions that take less than a ms are sent in advance, so that a worker need not wait for
   * the next one. false sends a call to a worker that has nothing to do; true by default.
   */
  prefetch?: boolean
  /**
   * How many calls may wait for a worker: beyond that `submit` throws {@link QueueFull}, and `room()` is
   * what to await. No limit by default.
   */
  maxQueue?: number
  /** Ms from `cancel({ interrupt: true })` until a call that does not end takes its worker along; 1000. */
  grace?: number
  /** Environment variables of the workers, beside those of this process. */
  env?: Record<string, string>
  /** Bounds of a worker's memory, in MB. */
  resourceLimits?: ResourceLimits
}

interface Kind {
  readonly kind: 'thread' | 'process'
  readonly name: string
  readonly open: (options: LinkOptions) => Link
  readonly broken: new (message: string, options: { cause?: unknown }) => BrokenExecutor
  readonly defaultWorkers: () => number
}

let numbered = 0

/** What the executors of threads and of processes have in common: a {@link Pool}. */
export abstract class PoolExecutor extends Executor {
  readonly #pool: Pool
  /** How many workers it has at most. */
  readonly maxWorkers: number

  /** @internal */
  constructor(kind: Kind, given: number | PoolExecutorOptions) {
    super()
    const options = typeof given === 'number' ? { maxWorkers: given } : given
    const maxWorkers = options.maxWorkers ?? kind.defaultWorkers()
    checkCount(kind.name, 'maxWorkers', maxWorkers)
    const {
      maxTasksPerWorker = Infinity,
      callsPerWorker = 1,
      grace = 1_000,
      maxQueue = Infinity,
    } = options
    if (maxTasksPerWorker !== Infinity)
      checkCount(kind.name, 'maxTasksPerWorker', maxTasksPerWorker)
    checkCount(kind.name, 'callsPerWorker', callsPerWorker)
    if (maxQueue !== Infinity) checkCount(kind.name, 'maxQueue', maxQueue)
    if (!(grace >= 0)) {
      throw new RangeError(`${kind.name}: grace must be in ms, 0 or more, got ${grace}`)
    }
    const initargs = options.initargs ?? []
    packArguments(initargs, kind.kind)
    numbered += 1
    this.maxWorkers = maxWorkers
    this.#pool = new Pool({
      maxWorkers,
      namePrefix: options.namePrefix ?? `${kind.name}-${numbered}`,
      initializer: options.initializer ? referenceOf(options.initializer) : null,
      initargs,
      maxTasksPerWorker,
      callsAtOnce: callsPerWorker,
      prefetch: options.prefetch ?? true,
      maxQueue,
      graceMs: grace,
      env: options.env,
      resourceLimits: options.resourceLimits,
      kind: kind.kind,
      open: kind.open,
      broken: kind.broken,
    })
  }

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Call<Awaited<R>> {
    return this.#pool.submit(fn as never, args, PLAIN, plainCall, this.submit)
  }

  /**
   * The same executor, for calls that are treated differently: `pool.with({ idempotent: true })` runs
   * them again where a worker dies, `pool.with({ interrupt: true })` ends those that run when their
   * task is cancelled.
   */
  with(options: SubmitOptions): ExecutorView {
    return new ExecutorView(this, this.#pool, {
      idempotent: options.idempotent ?? false,
      interrupt: options.interrupt ?? false,
    })
  }

  shutdown(options: ShutdownOptions = {}): Future<void> {
    const { wait = true, cancelFutures = false } = options
    return this.#pool.shutdown({ wait, cancelFutures })
  }

  /** Ends all workers at once: every call that has not ended fails with {@link BrokenExecutor}. */
  kill(): Future<void> {
    this.#pool.kill()
    return this.shutdown()
  }

  /**
   * Done when a call may be submitted: at once, unless `maxQueue` calls are waiting. Submit in the step
   * after the await, before any other suspension.
   */
  room(): Future<void> {
    return this.#pool.room()
  }

  statistics(): ExecutorStatistics {
    return this.#pool.statistics()
  }

  /** The workers' ids, of their threads or processes. */
  workerIds(): number[] {
    return this.#pool.ids()
  }

  /** @internal */
  _submitChunk(fn: (...args: never[]) => unknown, chunk: unknown[][]): Future<unknown[]> {
    return this.#pool.submit(fn, chunk, CHUNK, plainCall, this.map)
  }

  /** @internal */
  _submitWithContext(fn: (...args: never[]) => unknown, args: unknown[]): Call<unknown> {
    const values = valuesOfContext()
    return values.length === 0
      ? this.#pool.submit(fn, args, PLAIN, plainCall, this._submitWithContext)
      : this.#pool.submit(fn, [values, args], WITH_CONTEXT, plainCall, this._submitWithContext)
  }
}

/** An executor whose calls are treated differently; see `PoolExecutor.with`. */
export class ExecutorView extends Executor {
  readonly #executor: PoolExecutor
  readonly #pool: Pool
  readonly #options: CallOptions

  /** @internal */
  constructor(executor: PoolExecutor, pool: Pool, options: CallOptions) {
    super()
    this.#executor = executor
    this.#pool = pool
    this.#options = options
  }

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Call<Awaited<R>> {
    return this.#pool.submit(fn as never, args, PLAIN, this.#options, this.submit)
  }

  /** Shuts the executor itself down. */
  shutdown(options?: ShutdownOptions): Future<void> {
    return this.#executor.shutdown(options)
  }

  /** @internal */
  _submitChunk(fn: (...args: never[]) => unknown, chunk: unknown[][]): Future<unknown[]> {
    return this.#pool.submit(fn, chunk, CHUNK, this.#options, this.map)
  }
}

function checkCount(what: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return
  throw new RangeError(`${what}: ${name} must be a whole number, 1 or more, got ${value}`)
}

/** CPython's choice for threads. */
export function defaultThreads(): number {
  return Math.min(32, availableParallelism() + 4)
}

export function defaultProcesses(): number {
  return availableParallelism()
}
