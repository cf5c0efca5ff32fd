/**
 * A random program as data, so that both interpreters play the very same one. Definition 0 is the main
 * coroutine. A definition calls only later ones, so that every program ends.
 *
 * Tasks, futures, handles, callbacks and held coroutines are kept in tables, in the order in which they
 * were made; index `k` counts from the newest one, modulo the length, and where a table is empty the
 * statement does nothing. So a program stays one when a part of it is dropped.
 */
export interface Program {
  readonly seed: number
  readonly defs: readonly Block[]
}

export type Block = readonly Statement[]
export type Target = 'task' | 'future'
export type Reason = string | null
export type Raised = 'boom' | 'bang' | 'cancelled'
/** `error` lets a cancellation through, as Python's `except Exception`. */
export type Caught = 'any' | 'cancelled' | 'error'
export type Handler = readonly [Caught, Block]

/** The last block is what stands in its `finally`. */
export type Try = readonly ['try', Block, Handler | null, Block | null]

/** What belongs into the body of a coroutine alone: it may suspend, or leave the body. */
export type Flow =
  | readonly ['sleep', number]
  | readonly ['call', number]
  /** Another task than its own, and no ring of tasks. */
  | readonly ['await', Target, number]
  | readonly ['awaitSelf']
  | readonly ['awaitHeld', number]
  | Try
  | readonly ['repeat', number, Block]
  | readonly ['return', number]

/** What a callback can do as well. Blocks in here are actions: they hold nothing of `Flow`. */
export type Step =
  | readonly ['log', number]
  | readonly ['who']
  | readonly ['spawn', number]
  | readonly ['hold', number]
  | readonly ['spawnHeld', number]
  /** Another task than its own. */
  | readonly ['cancel', Target, number, Reason]
  | readonly ['selfCancel', Reason]
  | readonly ['uncancel', number]
  | readonly ['look', Target, number]
  | readonly ['read', Target, number, 'result' | 'exception']
  | readonly ['raise', Raised, string]
  | readonly ['rethrow']
  | readonly ['future']
  /** The last: also where the future is done already. */
  | readonly ['setResult', number, number, boolean]
  | readonly ['setException', number, Raised, string, boolean]
  | readonly ['callSoon', Block]
  | readonly ['callLater', number, Block]
  | readonly ['cancelHandle', number]
  | readonly ['addCallback', Target, number, Block]
  | readonly ['addAgain', Target, number, number]
  | readonly ['removeCallback', Target, number, number]
  | readonly ['set', number, number]
  | readonly ['get', number]

export type Statement = Flow | Step
export type Kind = Statement[0]

/** How many statements a program may play; what comes after them is left out. */
export const FUEL = 400

const flow: ReadonlySet<Kind> = new Set<Kind>([
  'sleep',
  'call',
  'await',
  'awaitSelf',
  'awaitHeld',
  'try',
  'repeat',
  'return',
])

export function isFlow(statement: Statement): statement is Flow {
  return flow.has(statement[0])
}
