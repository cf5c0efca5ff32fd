import type { News } from '../wire/messages.ts'
import type { Call } from './call.ts'
import type { KnownFunctions } from './known-function.ts'
import type { Death } from './link.ts'
import type { WorkerHandle } from './worker-handle.ts'

/** What a pool wants to know of its workers. */
export interface Employer {
  readonly functions: KnownFunctions
  readonly callsAtOnce: number
  readonly prefetch: boolean
  readonly graceMs: number
  /** A call is done. */
  _settled(): void
  /** The worker can take more. */
  _isFree(worker: WorkerHandle): void
  _isReady(worker: WorkerHandle): void
  _initializerFailed(worker: WorkerHandle, error: unknown): void
  _hasDied(worker: WorkerHandle, remains: Remains): void
  _ask(worker: WorkerHandle, news: News & readonly ['ask', ...unknown[]]): void
  _block(call: Call<unknown>, timeout: number | null): void
}

/** What a worker leaves behind. */
export interface Remains {
  readonly death: Death
  /** The calls that may have begun, and those that surely have not. */
  readonly begun: Call<unknown>[]
  readonly waiting: Call<unknown>[]
}
