import type { Coroutine } from 'hocket'

export type Hocket = typeof import('hocket')

/** One primitive at work. What it works on is made once and used to the end: that is what may grow. */
export interface Program {
  /** Does about so many operations. */
  generators: (operations: number) => Coroutine<unknown>
  /** The same in the other spelling. */
  asyncFunctions: (operations: number) => Coroutine<unknown>
  /** Operations that would wait for ever; they are cancelled while they do. */
  blocked: readonly (() => Coroutine<unknown>)[]
}

/** Called in the task that soaks. */
export type MakeProgram = (hocket: Hocket) => Program

/** How often `times` goes into the operations, at least once. */
export function share(operations: number, times: number): number {
  return Math.max(1, Math.round(operations / times))
}
