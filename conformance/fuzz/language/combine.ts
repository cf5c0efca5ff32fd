import type { Target } from './core.ts'

/** What gather and its like take. One whose table is empty is left out. */
export type Source =
  | readonly ['task' | 'future' | 'call', number]
  | readonly ['gather', readonly Source[], returnExceptions: boolean]
  | readonly ['shield', Source]

export type ReturnWhen = 'first' | 'error' | 'all'

export type CombineFlow =
  | readonly ['gather', readonly Source[], returnExceptions: boolean]
  | readonly ['shield', Source]
  | readonly ['waitFor', Source, timeout: number | null]
  | readonly ['wait', readonly (readonly [Target, number])[], timeout: number | null, ReturnWhen]
  | readonly ['asCompleted', readonly Source[], timeout: number | null, 'plain' | 'async']

/** Puts what `gather` or `shield` gives among the futures. */
export type CombineStep = readonly ['keep', Source]
