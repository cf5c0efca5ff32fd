import type { Setup } from '../wire/messages.ts'
import type { Call } from './call.ts'
import type { Employer } from './employer.ts'
import type { Death, Link } from './link.ts'
import type { PoolOptions } from './options.ts'
import { WorkerHandle } from './worker-handle.ts'

/** So many workers in a row that die before they are ready mean that none will ever be. */
const MOST_FAILED_STARTS = 3

/** The workers of a pool. */
export class Staff {
  readonly workers: WorkerHandle[] = []
  /** Goes up with each message from a worker; for who blocks on it. */
  readonly signal: Int32Array = new Int32Array(new SharedArrayBuffer(4))
  /** How many were started, and how many have ended without being told to. */
  started = 0
  lost = 0
  /** How many are not ready yet. */
  starting = 0
  readonly #options: PoolOptions
  readonly #employer: Employer
  #failedStarts = 0

  constructor(options: PoolOptions, employer: Employer) {
    this.#options = options
    this.#employer = employer
  }

  get hasVacancy(): boolean {
    return this.workers.length < this.#options.maxWorkers
  }

  /** Starts one more; gives what went wrong where that can't be done. */
  start(): Death | null {
    const { open, namePrefix, env, resourceLimits, callsAtOnce, initializer, initargs, kind } =
      this.#options
    const name = `${namePrefix}_${this.started}`
    const owner = process.pid
    const setup: Setup = { kind, name, owner, callsAtOnce, initializer, initargs }
    let link: Link
    try {
      link = open({ setup, env, resourceLimits, signal: this.signal })
    } catch (error) {
      return { text: `starting one failed: ${String(error)}`, cause: error }
    }
    this.started += 1
    this.starting += 1
    this.workers.push(new WorkerHandle(link, this.#employer))
    return null
  }

  noteReady(): void {
    this.starting -= 1
    this.#failedStarts = 0
  }

  /** One did not get ready. True if it is to be believed that none ever will. */
  noteFailedStart(): boolean {
    this.#failedStarts += 1
    return this.#failedStarts >= MOST_FAILED_STARTS
  }

  remove(worker: WorkerHandle): void {
    this.workers.splice(this.workers.indexOf(worker), 1)
    if (!worker.isRetiring) this.lost += 1
    if (!worker.isReady) this.starting -= 1
  }

  /** An idle worker, else the one with the least to do; null if none can take the call now. */
  choose(call: Call<unknown>): WorkerHandle | null {
    let chosen: WorkerHandle | null = null
    const { workers } = this
    for (let index = 0; index < workers.length; index++) {
      const worker = workers[index] as WorkerHandle
      if (!worker.canTake(call)) continue
      if (worker.count === 0) return worker
      if (chosen === null || worker.count < chosen.count) chosen = worker
    }
    return chosen
  }
}
