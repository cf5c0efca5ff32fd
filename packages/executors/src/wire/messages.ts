import type { EncodedError } from './errors.ts'
import type { FunctionReference } from './function-reference.ts'

// One message a turn in each direction, each a flat list: what a call costs is bookkeeping, and every
// list inside another one takes time to copy.

/** What a call asks for, beyond its arguments. */
export const PLAIN = 0
/** The arguments are a list of lists: one call for each, and a list of results. */
export const CHUNK = 1
/** The arguments are `[values of context variables, arguments]`. */
export const WITH_CONTEXT = 2
/** Nothing: in the place of a call that could not be sent. */
export const VOID = 3

/** How a call has ended. */
export const RESULT = 0
export const ERROR = 1
export const CANCELLED = 2
/** It was taken back before it began. */
export const SKIPPED = 3

/** Four items a call: slot, function, arguments, kind. */
export const CALL_STRIDE = 4
/** Three items a reply: slot, how it ended, value. */
export const REPLY_STRIDE = 3

export type Order =
  | readonly ['function', id: number, reference: FunctionReference]
  | readonly ['interrupt', slot: number]
  | readonly ['answer', id: number, status: number, value: unknown]
  | readonly ['stop']

/** To a worker: orders, then calls in the order in which they are to begin. */
export type Requests = [orders: readonly Order[] | null, ...calls: unknown[]]
/** Where the first call is. */
export const FIRST_CALL = 1

export type News =
  | readonly ['ready']
  | readonly ['initializer failed', error: EncodedError]
  /** An error that nobody in the worker has caught: it is about to die of it. */
  | readonly ['fatal', error: EncodedError]
  | readonly ['progress', slot: number, value: unknown]
  | readonly ['ask', id: number, reference: FunctionReference, args: unknown[]]
  | readonly ['exit', code: number]

/** From a worker. `durations` are pairs: a function, and what a call of it takes in ms. */
export type Replies = [
  durations: readonly number[] | null,
  news: News | null,
  ...replies: unknown[],
]
/** Where the first reply is. */
export const FIRST_REPLY = 2

/** What a worker is told when it starts. */
export interface Setup {
  readonly kind: 'thread' | 'process'
  readonly name: string
  /** The id of the process that has the pool. */
  readonly owner: number
  readonly callsAtOnce: number
  readonly initializer: FunctionReference | null
  readonly initargs: readonly unknown[]
}

// The states of a call's slot, in memory that a thread shares with its pool. Who changes OFFERED has
// the call: its worker begins it, or the pool takes it back.
export const FREE = 0
export const OFFERED = 1
export const BEGUN = 2
export const INTERRUPTED = 3
export const REVOKED = 4

/** Goes up with each message to the worker, for who blocks on one. */
export const INBOX = 0
/** The first slot's place. */
export const FIRST_SLOT = 1
/** How many calls a worker can have at once, begun or not. */
export const SLOTS = 1024

// The file that a worker process shares with its pool: a number, and a byte for each slot.
export const BEGUN_AT = 0
export const INTERRUPTS_AT = 4
export const FILE_BYTES: number = INTERRUPTS_AT + SLOTS
