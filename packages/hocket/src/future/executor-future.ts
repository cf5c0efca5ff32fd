import type { ConcurrentFuture } from '../loop/default-executor.ts'
import { Future } from './future.ts'

/**
 * The outcome of a call of an executor, on a loop. asyncio.wrap_future: what it waits for is told to
 * cancel an iteration after this one is cancelled, and its outcome comes through the ready queue.
 */
export class ExecutorFuture<T> extends Future<T> {
  #source: ConcurrentFuture<T> | null = null

  follow(source: ConcurrentFuture<T>): this {
    this.#source = source
    this._loop._foreign += 1
    source.addDoneCallback(() => this.#arrive())
    return this
  }

  override cancel(reason?: unknown): boolean {
    const source = this.#source
    if (this.done()) return super.cancel(reason)
    if (source !== null) {
      this.#close()
      this._loop.callSoon(() => source.cancel())
    }
    return super.cancel(reason)
  }

  /** @internal */
  override _describeSubject(): string {
    return 'a call of an executor'
  }

  #arrive(): void {
    const source = this.#source
    if (source === null) return
    this.#close()
    // A closed loop resumes nobody; asyncio drops such results as well.
    if (!this._loop.isClosed()) this._loop.callSoonThreadsafe(copyOutcome, this, source)
  }

  #close(): void {
    this.#source = null
    this._loop._endForeign()
  }
}

function copyOutcome<T>(future: ExecutorFuture<T>, source: ConcurrentFuture<T>): void {
  if (future.cancelled()) return
  if (source.cancelled()) {
    future.cancel()
    return
  }
  let result: T
  try {
    result = source.resultSync()
  } catch (error) {
    future._reject(error)
    return
  }
  future._resolve(result)
}
