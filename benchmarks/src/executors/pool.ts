/** The functions that every pool can call. */
export type WorkName = 'add' | 'fib'

/** Two workers, behind whatever runs them. */
export interface Pool {
  call(name: WorkName, argument: unknown): PromiseLike<unknown>
  /** There and back, without a copy where the pool can do that. */
  giveBack(buffer: ArrayBuffer): PromiseLike<unknown>
}

/** Loads the pool that is measured, and no other. */
export type OpenPool = () => Promise<Pool>

/** For every pool the same. */
export const WORKERS = 2
