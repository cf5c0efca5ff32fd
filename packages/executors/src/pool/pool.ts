import { performance } from 'node:perf_hooks'
import { type EventLoop, getEventLoop, QueueFull, RuntimeError } from 'hocket'
import { findRunningLoop } from 'hocket/lowlevel'
import { Future, lateError } from '../concurrent/future.ts'
import type { BrokenExecutor } from '../errors/errors.ts'
import type { FunctionReference } from '../functions/reference.ts'
import { encodeError } from '../wire/errors.ts'
import { ERROR, type News, RESULT, type Setup } from '../wire/messages.ts'
import { pack, packArguments } from '../wire/values.ts'
import { answerTo } from './answers.ts'
import { Call, type CallOptions, type CallOwner } from './call.ts'
import { CallQueue } from './call-queue.ts'
import { noteCaller } from './caller.ts'
import { KnownFunctions } from './known-function.ts'
import type { Death, Link, LinkOptions, ResourceLimits } from './link.ts'
import { type Employer, WorkerHandle } from './worker-handle.ts'

export interface PoolOptions {
  readonly maxWorkers: number
  readonly namePrefix: string
  readonly initializer: FunctionReference | null
  readonly initargs: readonly unknown[]
  readonly maxTasksPerWorker: number
  readonly callsAtOnce: number
  readonly prefetch: boolean
  readonly maxQueue: number
  readonly graceMs: number
  readonly env: Record<string, string | undefined> | undefined
  readonly resourceLimits: ResourceLimits | undefined
  readonly kind: 'thread' | 'process'
  readonly open: (options: LinkOptions) => Link
  readonly broken: new (message: string, options: { cause?: unknown }) => BrokenExecutor
}

/** Counts of an executor; those without `now` in their description only go up. */
export interface ExecutorStatistics {
  /** Workers now, and how many of them have nothing to do. */
  readonly workers: number
  readonly idleWorkers: number
  /** Calls that wait for a worker now, and calls that workers have. */
  readonly queued: number
  readonly running: number
  readonly submitted: number
  readonly settled: number
  readonly workersStarted: number
  /** Workers that ended without being told to. */
  readonly workersLost: number
}

/** So many workers in a row that die before they are ready mean that none will ever be. */
const MOST_FAILED_STARTS = 3
/** A call is never longer blocked without a look at the workers. */
const LOOK_MS = 100
/** How often workers with calls in advance are looked after. */
const STALL_MS = 5
const longest = 2 ** 31 - 1

/** Workers, and the calls that wait for one. */
export class Pool implements CallOwner, Employer {
  readonly functions: KnownFunctions = new KnownFunctions()
  readonly callsAtOnce: number
  readonly prefetch: boolean
  readonly graceMs: number
  readonly #options: PoolOptions
  readonly #workers: WorkerHandle[] = []
  readonly #queue = new CallQueue()
  /** Calls that are accepted and not settled. */
  #open = 0
  #submitted = 0
  #started = 0
  #lost = 0
  #failedStarts = 0
  #starting = 0
  #broken: BrokenExecutor | null = null
  #isShutDown = false
  readonly #ended = new Future<void>()
  // Workers never keep the process alive; this does, as long as calls are open.
  readonly #keepAlive: NodeJS.Timeout = setInterval(() => {}, longest).unref()
  readonly #signal = new Int32Array(new SharedArrayBuffer(4))
  #loop: EventLoop | null = null
  #watch: NodeJS.Timeout | null = null
  readonly #waitsForRoom: Future<void>[] = []

  constructor(options: PoolOptions) {
    this.#options = options
    this.callsAtOnce = options.callsAtOnce
    this.prefetch = options.prefetch
    this.graceMs = options.graceMs
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
    if (this.#queue.length >= this.#options.maxQueue) {
      throw new QueueFull(
        `${this.#queue.length} calls wait for a worker, which is the executor's maxQueue: await executor.room() before you submit`,
      )
    }
    const call = new Call<T>(this, this.functions.of(fn), args, kind, options)
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
    const future = new Future<void>()
    if (this.#queue.length < this.#options.maxQueue && this.#waitsForRoom.length === 0)
      future.setResult()
    else this.#waitsForRoom.push(future)
    return future
  }

  statistics(): ExecutorStatistics {
    const living = this.#workers
    return Object.freeze({
      workers: living.length,
      idleWorkers: living.filter((worker) => worker.isReady && worker.count === 0).length,
      queued: this.#queue.length,
      running: this.#open - this.#queue.length,
      submitted: this.#submitted,
      settled: this.#submitted - this.#open,
      workersStarted: this.#started,
      workersLost: this.#lost,
    })
  }

  /** The ids of the workers' threads or processes. */
  ids(): number[] {
    return this.#workers.map((worker) => worker.link.id)
  }

  shutdown(options: { wait: boolean; cancelFutures: boolean }): Future<void> {
    this.#isShutDown = true
    if (options.cancelFutures) this.#cancelQueued()
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
    for (const worker of this.#workers) worker.kill()
  }

  /** @internal */
  _dropped(): void {
    this.#queue.noteDropped()
    this._settled()
  }

  /** @internal A call in the queue has no worker to be taken back from. */
  _revoke(): boolean {
    return false
  }

  /** @internal */
  _interrupt(): boolean {
    return false
  }

  /** @internal */
  _hasBegun(): boolean {
    return false
  }

  /** @internal */
  _settled(): void {
    this.#open -= 1
    if (this.#waitsForRoom.length > 0) this.#makeRoom()
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
    this.#starting -= 1
    this.#failedStarts = 0
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
  _hasDied(
    worker: WorkerHandle,
    death: Death,
    begun: Call<unknown>[],
    waiting: Call<unknown>[],
  ): void {
    this.#workers.splice(this.#workers.indexOf(worker), 1)
    if (!worker.isRetiring) this.#lost += 1
    if (!worker.isReady) {
      this.#starting -= 1
      this.#failedStarts += 1
    }
    if (this.#failedStarts >= MOST_FAILED_STARTS) {
      this.#break(
        new this.#options.broken(
          `the workers of the executor die before they are ready (${death.text})`,
          'cause' in death ? { cause: death.cause } : {},
        ),
      )
    }
    const again: Call<unknown>[] = []
    for (const call of begun) {
      const isLost = call._transferList.length > 0
      if (call._options.idempotent && !isLost && this.#broken === null) {
        again.push(call)
        continue
      }
      call.setException(
        new this.#options.broken(
          `a worker died while it had this call of ${call._fn.name}${isLost ? ', and what was handed over with it' : ''}: ${death.text}`,
          'cause' in death ? { cause: death.cause } : {},
        ),
      )
      this._settled()
    }
    this.#takeBack([...again, ...waiting])
    this.#startForQueue()
    if (this.#isShutDown) this.#finish()
  }

  /** @internal A worker hands a call to the loop of this thread. */
  _ask(worker: WorkerHandle, [, id, reference, args]: News & readonly ['ask', ...unknown[]]): void {
    const loop = this.#loop === null || this.#loop.isClosed() ? getEventLoop() : this.#loop
    answerTo(
      loop,
      reference as FunctionReference,
      args as unknown[],
      (result) => {
        const packed = pack(result, 'the result', this.#options.kind)
        worker.order(['answer', id as number, RESULT, packed.value], packed.transferList)
      },
      (error) => worker.order(['answer', id as number, ERROR, encodeError(error)]),
    )
  }

  /** @internal */
  _block(call: Call<unknown>, timeout: number | null): void {
    if (this.#options.kind === 'process') {
      throw new RuntimeError(
        'resultSync: what processes send can only be received while no code runs here: await the future, or use a ThreadPoolExecutor',
        { code: 'ERR_WOULD_BLOCK_LOOP' },
      )
    }
    if (findRunningLoop() !== null) {
      throw new RuntimeError(
        'resultSync: it would stop the event loop that runs this code, and the call may need that loop: await the future',
        { code: 'ERR_WOULD_BLOCK_LOOP' },
      )
    }
    const end = performance.now() + (timeout ?? Infinity)
    while (!call.done()) {
      const seen = Atomics.load(this.#signal, 0)
      for (const worker of this.#workers) worker.flush()
      let hasReceived = false
      for (const worker of this.#workers) {
        while (worker.receiveSync()) hasReceived = true
      }
      if (hasReceived) continue
      const left = end - performance.now()
      if (left <= 0) throw lateError(timeout ?? 0)
      Atomics.wait(this.#signal, 0, seen, Math.min(left, LOOK_MS))
    }
  }

  #place(call: Call<unknown>): void {
    this.#loop = findRunningLoop() ?? this.#loop
    if (this.#queue.length === 0) {
      const worker = this.#choose(call)
      if (worker !== null) {
        this.#give(worker, call)
        return
      }
    }
    this.#queue.push(call)
    this.#startForQueue()
  }

  /** An idle worker, else a new one, else the one with the least to do. */
  #choose(call: Call<unknown>): WorkerHandle | null {
    let chosen: WorkerHandle | null = null
    for (const worker of this.#workers) {
      if (!worker.canTake(call)) continue
      if (worker.count === 0) return worker
      if (chosen === null || worker.count < chosen.count) chosen = worker
    }
    if (chosen !== null && this.#workers.length < this.#options.maxWorkers) this.#start()
    return chosen
  }

  #give(worker: WorkerHandle, call: Call<unknown>): void {
    worker.give(call)
    if (this.#watch === null && worker.hasAdvance) {
      this.#watch = setTimeout(this.#look, STALL_MS).unref()
    }
    if (worker.given >= this.#options.maxTasksPerWorker) {
      worker.retire()
      this.#startForQueue()
    }
  }

  // Calls must not wait behind one that is long while other workers have nothing to do.
  readonly #look = (): void => {
    this.#watch = null
    const stuck: Call<unknown>[] = []
    for (const worker of this.#workers) stuck.push(...worker.takeStuck())
    this.#takeBack(stuck)
    for (const worker of this.#workers) if (worker.count === 0) this._isFree(worker)
    this.#startForQueue()
    if (this.#workers.some((worker) => worker.hasAdvance)) {
      this.#watch ??= setTimeout(this.#look, STALL_MS).unref()
    }
  }

  /** Into the queue again, before all others. */
  #takeBack(calls: Call<unknown>[]): void {
    const broken = this.#broken
    for (const call of calls) {
      if (broken === null) call._requeue(this)
      else {
        call.setException(this.#brokenError(broken))
        this._settled()
      }
    }
    if (broken === null) this.#queue.putBack(calls)
  }

  #startForQueue(): void {
    if (this.#broken !== null) return
    while (this.#starting < this.#queue.length && this.#workers.length < this.#options.maxWorkers) {
      this.#start()
    }
  }

  #start(): void {
    const { open, namePrefix, env, resourceLimits, initializer, initargs, kind } = this.#options
    const setup: Setup = {
      kind,
      name: `${namePrefix}_${this.#started}`,
      callsAtOnce: this.callsAtOnce,
      initializer,
      initargs,
    }
    this.#started += 1
    this.#starting += 1
    const link = open({ setup, env, resourceLimits, signal: this.#signal })
    this.#workers.push(new WorkerHandle(link, this))
  }

  /** Whoever is told submits in a microtask; so no more are told in this turn than there is room. */
  #makeRoom(): void {
    const room = this.#options.maxQueue - this.#queue.length
    for (let told = 0; told < room; told++) {
      const waiting = this.#waitsForRoom.shift()
      if (waiting === undefined) return
      if (!waiting.done()) waiting.setResult()
    }
  }

  #cancelQueued(): void {
    for (const call of this.#queue.list()) call.cancel()
  }

  #break(error: BrokenExecutor): void {
    if (this.#broken !== null) return
    this.#broken = error
    const queued = this.#queue.list()
    this.#queue.clear()
    for (const call of queued) {
      call.setException(this.#brokenError(error))
      this._settled()
    }
  }

  /** Each call gets an error of its own: its stack tells where it was submitted. */
  #brokenError(error: BrokenExecutor): BrokenExecutor {
    return new this.#options.broken(error.message, { cause: error.cause ?? error })
  }

  /** Once nothing is left to do, ends the workers; once they are gone, it is over. */
  #finish(): void {
    if (this.#open > 0) return
    for (const worker of this.#workers) {
      if (worker.isReady) worker.retire()
      else worker.kill()
    }
    if (this.#workers.length > 0) {
      this.#keepAlive.ref()
      return
    }
    clearInterval(this.#keepAlive)
    if (!this.#ended.done()) this.#ended.setResult()
  }
}
