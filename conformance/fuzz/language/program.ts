import type { CombineFlow, CombineStep } from './combine.ts'
import type { CoreFlow, CoreStep } from './core.ts'
import type { IterationFlow, IterationStep } from './iteration.ts'
import type { QueueFlow, QueueObjects, QueueStep } from './queues.ts'
import type { ScopeFlow, ScopeStep } from './scopes.ts'
import type { SyncFlow, SyncObjects, SyncStep } from './sync.ts'

/**
 * A random program as data, so that both interpreters play the very same one. Definition 0 is the main
 * coroutine. A definition calls only later ones, so that every program ends.
 *
 * Tasks, futures, handles, callbacks, held coroutines, groups and timeouts are kept in tables, in the
 * order in which they were made; the primitives of `objects` are there from the beginning. Index `k`
 * counts from the newest one, modulo the length, and where a table is empty the statement does nothing.
 * So a program stays one when a part of it is dropped.
 */
export interface Program {
  readonly seed: number
  readonly objects?: Objects
  readonly defs: readonly Block[]
}

export type Objects = SyncObjects & QueueObjects
export type Block = readonly Statement[]

/** What belongs into the body of a coroutine alone: it may suspend, or leave the body. */
export type Flow = CoreFlow | SyncFlow | QueueFlow | CombineFlow | ScopeFlow | IterationFlow
/** What a callback can do as well. Blocks in here are actions: they hold nothing of `Flow`. */
export type Step = CoreStep | SyncStep | QueueStep | CombineStep | ScopeStep | IterationStep
export type Statement = Flow | Step
export type Kind = Statement[0]

/** How many statements a program may play; what comes after them is left out. */
export const FUEL = 400

/** Where the blocks of a statement are. Those of `try` are elsewhere: its handler is not only a block. */
export const blockPlaces: ReadonlyMap<Kind, readonly number[]> = new Map<Kind, number[]>([
  ['repeat', [2]],
  ['callSoon', [1]],
  ['callLater', [2]],
  ['addCallback', [3]],
  ['with', [3]],
  ['group', [1]],
  ['timeout', [2]],
  ['timeoutAt', [2]],
  ['iterate', [3]],
  ['produce', [1, 4]],
])

/** The blocks that a statement holds. */
export function blocksOf(statement: Statement): readonly Block[] {
  if (statement[0] === 'try') {
    const [, body, handler, last] = statement
    return [body, handler?.[1] ?? [], last ?? []]
  }
  const places = blockPlaces.get(statement[0]) ?? []
  return places.map((place) => statement[place] as unknown as Block)
}
