import type { Block } from './program.ts'

export type ScopeFlow =
  | readonly ['group', Block]
  | readonly ['timeout', number | null, Block]
  /** The limit counts from now here too. */
  | readonly ['timeoutAt', number | null, Block]

/** Where the last is true, a misuse throws; else it is a line of the trace. */
export type ScopeStep =
  | readonly ['groupSpawn', index: number, def: number, boolean]
  | readonly ['reschedule', index: number, number | null, boolean]
  | readonly ['lookTimeout', number]
