import type { Block } from './program.ts'

export type Target = 'task' | 'future'
export type Reason = string | null
export type Raised = 'boom' | 'bang' | 'cancelled'
/** `error` lets a cancellation through, as Python's `except Exception`. */
export type Caught = 'any' | 'cancelled' | 'error'
export type Handler = readonly [Caught, Block]

/** The last block is what stands in its `finally`. */
export type Try = readonly ['try', Block, Handler | null, Block | null]

export type CoreFlow =
  | readonly ['sleep', number]
  | readonly ['call', number]
  /** Another task than its own, and no ring of tasks. */
  | readonly ['await', Target, number]
  | readonly ['awaitSelf']
  | readonly ['awaitHeld', number]
  | Try
  | readonly ['repeat', number, Block]
  | readonly ['return', number]

export type CoreStep =
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
