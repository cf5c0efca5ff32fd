import type { Raised } from './core.ts'
import type { Block } from './program.ts'

export type IterationFlow =
  /** Awaits values until so many have come. */
  | readonly ['iterate', index: number, times: number, Block]
  | readonly ['nextOf', number]
  | readonly ['closeOf', number]
  | readonly ['throwInto', index: number, Raised, string]

/**
 * Makes an async generator that plays its block before each value; nothing of it runs yet. With
 * `catches` it goes on after an error that is thrown in. The last block stands in its `finally`.
 */
export type IterationStep = readonly [
  'produce',
  block: Block,
  values: number,
  catches: boolean,
  Block,
]
