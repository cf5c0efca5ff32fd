import type { Block } from './program.ts'

/** What a program finds made: how many locks, the value of each semaphore, … */
export interface SyncObjects {
  readonly locks?: number
  readonly semaphores?: readonly number[]
  readonly bounded?: readonly number[]
  /** The place of its lock, or null for a lock of its own. */
  readonly conditions?: readonly (number | null)[]
  readonly events?: number
  /** The parties of each. */
  readonly barriers?: readonly number[]
}

export type Lockable = 'lock' | 'semaphore' | 'bounded' | 'condition'
export type Primitive = Lockable | 'event' | 'barrier'

export type SyncFlow =
  | readonly ['acquire', Lockable, number]
  /** Releases at its end what it has acquired, as `async with`. */
  | readonly ['with', Lockable, number, Block]
  | readonly ['waitCondition', number]
  /** Until the count of the condition is that high. */
  | readonly ['waitUntil', number, number]
  | readonly ['waitEvent', number]
  | readonly ['waitBarrier', number]
  | readonly ['resetBarrier', number]
  | readonly ['abortBarrier', number]

/** Where the last is true, a misuse throws; else it is a line of the trace. */
export type SyncStep =
  | readonly ['release', Lockable, number, boolean]
  | readonly ['notify', number, number | 'all', boolean]
  /** Adds to the count of a condition. */
  | readonly ['count', number, number]
  | readonly ['setEvent', number]
  | readonly ['clearEvent', number]
  | readonly ['lookSync', Primitive, number]
