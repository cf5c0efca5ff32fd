import { QueueFull, RuntimeError } from 'hocket'
import { Future } from '../concurrent/future.ts'
import type { BrokenExecutor } from '../errors/errors.ts'
import type { News } from '../wire/messages.ts'
import { packArguments } from '../wire/values.ts'
import { Call, type CallOptions } from './call.ts'
import { CallQueue } from './call-queue.ts'
import { noteCaller } from './caller.ts'
import type { Employer, Remains } from './employer.ts'
import { KnownFunctions } from './known-function.ts'
import type { Death } from './link.ts'
import type { PoolOptions } from './options.ts'
import { Owner } from './owner.ts'
import { Room } from './room.ts'
import { Staff } from './staff.ts'
import { StallWatch } from './stall-watch.ts'
import type { ExecutorStatistics } from './statistics.ts'
import { waitSync } from './sync-wait.ts'
import type { WorkerHandle } from './worker-handle.ts'

const longest = 2 ** 31 - 1

/** Workers, and the calls that wait for one. */
export class Pool implements Employer {
  readonly functions: KnownFunctions = new KnownFunctions()
  readonly callsAtOnce: number
  readonly prefetch: boolean
  readonly graceMs: number
  readonly #options: PoolOptions
  readonly #staff: Staff
  readonly #queue: CallQueue
  readonly #watch: StallWatch
  /** Calls that are accepted and not settled. */
  #open = 0
  #submitted = 0
  #broken: BrokenExecutor | null = null
  #isShutDown = false
  readonly #ended = new Future<void>()
  // Workers never keep the process alive; this does, as long as calls are open.
  readonly #keepAlive: NodeJS.Timeout = setInterval(() => {}, longest).unref()
  readonly #owner: Owner
  readonly #room: Room

  constructor(options: PoolOptions) {
    this.#options = options
    this.callsAtOnce = options.callsAtOnce
    this.prefetch = options.prefetch
    this.graceMs = options.graceMs
    this.#queue = new CallQueue(this)
    this.#room = new Room(this.#queue, options.maxQueue)
    this.#owner = new Owner(options.kind)
    this.#staff = new Staff(options, this)
    this.#watch = new StallWatch(this.#staff.workers, (stuck) => this.#unstick(stuck))
    this.#ended.setRunningOrNotifyCancel()
  }

  submit<T>(
    fn: (...args: never[]) => unknown,
    args: unknown[],
    kind: number,
    options: CallOptions,
    callee: unknown,
  ): Call<T> {
    if (this.#broken !== null) throw this.#brokenError(this.#broken)
    if (this.#isShutDown) {
      throw new RuntimeError(
        'cannot submit to an executor after its shutdown(): make a new one, or shut down later',
        { code: 'ERR_EXECUTOR_SHUT_DOWN' },
      )
    }
    if (this.#room.isFull) {
      throw new QueueFull(
        `${this.#queue.length} calls wait for a worker, which is the executor's maxQueue: await executor.room() before you submit`,
      )
    }
    const call = new Call<T>(this.#queue, this.functions.of(fn), args, kind, options)
    this.#submitted += 1
    this.#open += 1
    if (this.#open === 1) this.#keepAlive.ref()
    try {
      // Copied when it is sent; but whether it hands something over decides when that may be.
      call._transferList = packArguments(args, this.#options.kind).transferList
    } catch (error) {
      call.setException(error)
      this._settled()
      return call
    }
    this.#place(call as Call<unknown>)
    // Behind it: the worker has been woken by now, if it was idle.
    noteCaller(call as Call<unknown>, callee)
    return call
  }

  /** Done when fewer calls are queued than may be; in the order of the calls. */
  room(): Future<void> {
    return this.#room.wait()
  }

  statistics(): ExecutorStatistics {
    const { workers: living, started, lost } = this.#staff
    return Object.freeze({
      workers: living.length,
      idleWorkers: living.filter((worker) => worker.isReady && worker.count === 0).length,
      queued: this.#queue.length,
      running: this.#open - this.#queue.length,
      submitted: this.#submitted,
      settled: this.#submitted - this.#open,
      workersStarted: started,
      workersLost: lost,
    })
  }

  /** The ids of the workers' threads or processes. */
  ids(): number[] {
    return this.#staff.workers.map((worker) => worker.link.id)
  }

  shutdown(options: { wait: boolean; cancelFutures: boolean }): Future<void> {
    this.#isShutDown = true
    if (options.cancelFutures) for (const call of this.#queue.list()) call.cancel()
    this.#finish()
    if (options.wait) return this.#ended
    const done = new Future<void>()
    done.setResult()
    return done
  }

  /** Ends all workers at once; their calls fail. */
  kill(): void {
    this.#isShutDown = true
    this.#break(new this.#options.broken('the executor was killed with calls under way', {}))
    for (const worker of this.#staff.workers) worker.kill()
  }

  /** @internal */
  _settled(): void {
    this.#open -= 1
    this.#room.notify()
    if (this.#open > 0) return
    this.#keepAlive.unref()
    if (this.#isShutDown) this.#finish()
  }

  /** @internal */
  _isFree(worker: WorkerHandle): void {
    for (let call = this.#queue.peek(); call !== null; call = this.#queue.peek()) {
      if (!worker.canTake(call)) return
      this.#queue.shift()
      this.#give(worker, call)
    }
  }

  /** @internal */
  _isReady(worker: WorkerHandle): void {
    this.#staff.noteReady()
    this._isFree(worker)
    if (this.#isShutDown && this.#queue.length === 0) worker.retire()
  }

  /** @internal */
  _initializerFailed(worker: WorkerHandle, error: unknown): void {
    this.#break(
      new this.#options.broken(
        'the initializer of the executor failed, and with it every call: `cause` is its error',
        { cause: error },
      ),
    )
    worker.kill()
  }

  /** @internal */
  _hasDied(worker: WorkerHandle, { death, begun, waiting }: Remains): void {
    this.#staff.remove(worker)
    if (!worker.isReady) this.#startFailed(death)
    const again: Call<unknown>[] = []
    for (const call of begun) {
      const isLost = call._transferList.length > 0
      if (call._options.idempotent && !isLost && this.#broken === null) {
        again.push(call)
        continue
      }
      call._break(
        new this.#options.broken(
          `a worker died while it had this call of ${call._fn.name}${isLost ? ', and what was handed over with it' : ''}: ${death.text}`,
          causeOf(death),
        ),
      )
      this._settled()
    }
    this.#takeBack([...again, ...waiting])
    this.#startForQueue()
    if (this.#isShutDown) this.#finish()
  }

  /** @internal A worker hands a call to the loop of this thread. */
  _ask(worker: WorkerHandle, news: News & readonly ['ask', ...unknown[]]): void {
    this.#owner.ask(worker, news)
  }

  /** @internal */
  _block(call: Call<unknown>, timeout: number | null): void {
    waitSync(call, timeout, this.#options.kind, this.#staff)
  }

  #place(call: Call<unknown>): void {
    this.#owner.note()
    const staff = this.#staff
    const worker = this.#queue.length === 0 ? staff.choose(call) : null
    if (worker === null) {
      this.#queue.push(call)
      this.#startForQueue()
      return
    }
    // Rather a new worker than one that has something to do; this call does not wait for it.
    if (worker.count > 0 && staff.hasVacancy) this.#start()
    this.#give(worker, call)
  }

  #give(worker: WorkerHandle, call: Call<unknown>): void {
    worker.give(call)
    if (worker.hasAdvance) this.#watch.begin()
    if (worker.given >= this.#options.maxTasksPerWorker) {
      worker.retire()
      this.#startForQueue()
    }
  }

  #unstick(stuck: Call<unknown>[]): void {
    this.#takeBack(stuck)
    for (const worker of this.#staff.workers) if (worker.count === 0) this._isFree(worker)
    this.#startForQueue()
  }

  /** Into the queue again, before all others. */
  #takeBack(calls: Call<unknown>[]): void {
    if (this.#broken === null) this.#queue.putBack(calls)
    else this.#fail(calls, this.#broken)
  }

  #startForQueue(): void {
    const staff = this.#staff
    while (this.#broken === null && staff.starting < this.#queue.length && staff.hasVacancy) {
      // Those that are there take what is queued, and the next call tries again.
      if (!this.#start() && staff.workers.length > 0) return
    }
  }

  #start(): boolean {
    const failure = this.#staff.start()
    if (failure !== null) this.#startFailed(failure)
    return failure === null
  }

  #startFailed(death: Death): void {
    if (!this.#staff.noteFailedStart()) return
    this.#break(
      new this.#options.broken(
        `the workers of the executor die before they are ready (${death.text})`,
        causeOf(death),
      ),
    )
  }

  #break(error: BrokenExecutor): void {
    if (this.#broken !== null) return
    this.#broken = error
    this.#fail(this.#queue.takeAll(), error)
  }

  #fail(calls: readonly Call<unknown>[], error: BrokenExecutor): void {
    for (const call of calls) {
      call._break(this.#brokenError(error))
      this._settled()
    }
  }

  /** Each call gets an error of its own: its stack tells who awaits it. */
  #brokenError(error: BrokenExecutor): BrokenExecutor {
    return new this.#options.broken(error.message, { cause: error.cause ?? error })
  }

  /** Once nothing is left to do, ends the workers; once they are gone, it is over. */
  #finish(): void {
    if (this.#open > 0) return
    for (const worker of this.#staff.workers) {
      if (worker.isReady) worker.retire()
      else worker.kill()
    }
    if (this.#staff.workers.length > 0) {
      this.#keepAlive.ref()
      return
    }
    clearInterval(this.#keepAlive)
    if (!this.#ended.done()) this.#ended.setResult()
  }
}

function causeOf(death: Death): { cause?: unknown } {
  return 'cause' in death ? { cause: death.cause } : {}
}
