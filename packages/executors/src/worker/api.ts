import { CancelledError } from 'hocket'
import { currentHost, currentJob, findHost } from './job.ts'

/** The worker that runs this code. */
export interface CurrentWorker {
  readonly kind: 'thread' | 'process'
  /** The executor's prefix and the number of the worker. */
  readonly name: string
}

/** The worker of an executor that runs this code; null in every other thread. */
export function currentWorker(): CurrentWorker | null {
  const host = findHost()
  return host === null ? null : { kind: host.setup.kind, name: host.setup.name }
}

/**
 * Throws a CancelledError if the call that runs this code is to be interrupted: the polite way for
 * synchronous work to end early. Coroutines needn't ask, they are cancelled at their awaits. It costs a
 * read of memory in a thread, and a microsecond in a process.
 * anyio's `from_thread.check_cancelled`.
 *
 * @throws {@link CancelledError} if the call is to end
 * @throws {@link RuntimeError} outside a worker
 */
export function checkCancelled(): void {
  currentHost('checkCancelled()')
  if (currentJob()?.isInterrupted() === true) throw new CancelledError('the call was interrupted')
}

/**
 * Tells the caller how far the call is: its future's `addProgressCallback` gets `value`. Messages come
 * in order, all of them before the result.
 *
 * @throws {@link RuntimeError} outside a worker, or outside a call
 * @throws {@link DataCloneProblem} if `value` can't travel
 */
export function progress(value: unknown): void {
  const host = currentHost('progress()')
  const job = currentJob()
  if (job !== null) host.tell(job, value)
}

/**
 * In a worker: hands a call to the event loop that owns the executor, and gives its future. `fn` is
 * a function of `moduleFunctions`, or one that needs nothing around it; it runs there, as a task.
 * `await` the future; a synchronous function in a thread waits by `resultSync()`.
 */
export function askOwner(fn: (...args: never[]) => unknown, args: unknown[]): object {
  return currentHost('runCoroutineThreadsafe(fn, …)').ask(fn, args)
}
