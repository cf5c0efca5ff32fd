import { ContextVar, currentTask, RuntimeError, type Task } from 'hocket'
import type { Setup } from '../wire/messages.ts'

/** A call that has begun in this worker. */
export interface Job {
  readonly slot: number
  /** Its task, if it is a coroutine. */
  task: Task<unknown> | null
  isInterrupted(): boolean
}

/** What the functions of this worker may ask of it. */
export interface Host {
  readonly setup: Setup
  tell(job: Job, value: unknown): void
  ask(fn: (...args: never[]) => unknown, args: unknown[]): object
}

// A synchronous call is the only one that runs while it does; the others find theirs in their context.
let running: Job | null = null
const ofTask = new ContextVar<Job | null>('hocket.executors.job', { default: null })
let host: Host | null = null

export function becomeWorker(own: Host): void {
  host = own
}

export function setRunning(job: Job | null): void {
  running = job
}

/** For a context that a task of `job` is about to run in. */
export function setJob(job: Job): void {
  ofTask.set(job)
}

/** @throws {@link RuntimeError} outside a worker */
export function currentHost(what: string): Host {
  if (host !== null) return host
  throw new RuntimeError(
    `${what} is for functions that run in a worker of an executor: here is the thread that owns it`,
    { code: 'ERR_NO_WORKER' },
  )
}

export function findHost(): Host | null {
  return host
}

export function currentJob(): Job | null {
  return running ?? (currentTask() === null ? null : ofTask.get())
}
