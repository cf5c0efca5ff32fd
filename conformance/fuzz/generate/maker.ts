import type { Raised, Reason, Target } from '../language/core.ts'
import type { Block, Kind, Objects, Statement } from '../language/program.ts'
import type { Random } from './random.ts'

/** Where a statement stands. */
export interface Place {
  readonly def: number
  readonly depth: number
  readonly isAction: boolean
}

/** Makes what one kind of statement is written as; nothing where the kind has no place. */
export type Make = (maker: Maker, place: Place) => readonly Statement[]

/** How often a statement comes before the program's own taste; 0 in actions where it may suspend. */
export type Recipe = readonly [inBody: number, inAction: number, make: Make]

/** The statements of one family. */
export interface Family {
  readonly recipes: Readonly<Partial<Record<Kind, Recipe>>>
  /** What the programs find made. */
  readonly objects?: (random: Random) => Objects
}

export const delays: readonly number[] = [0, 0, 0, 1, 1, 2, 3, 5, 8]
const limits: readonly (number | null)[] = [null, -1, 0, 0, 1, 2, 3, 3, 5, 8, 13]

/** What the statements of all families are made from. */
export abstract class Maker {
  readonly random: Random
  readonly objects: Objects
  readonly defs: number
  #label = 0

  constructor(random: Random, objects: Objects) {
    this.random = random
    this.objects = objects
    this.defs = random.int(2, 6)
  }

  abstract block(length: number, place: Place): Block

  /** A block inside a statement of a body; null where it would be too deep. */
  nested(place: Place): Block | null {
    if (place.depth >= 3) return null
    return this.block(this.random.int(1, 3), { ...place, depth: place.depth + 1 })
  }

  /** What a callback does. */
  action(place: Place): Block | null {
    const depth = place.depth + 1
    if (place.depth >= 3) return null
    return this.block(this.random.int(1, 2), { ...place, depth, isAction: true })
  }

  /** A later definition; null in the last one. */
  laterDef(place: Place): number | null {
    return place.def === this.defs - 1 ? null : this.random.int(place.def + 1, this.defs - 1)
  }

  /** The newest ones more often than the older ones. */
  index(): number {
    return Math.min(this.random.int(0, 7), this.random.int(0, 7))
  }

  target(): Target {
    return this.random.pick(['task', 'task', 'future'])
  }

  raised(): Raised {
    return this.random.pick<Raised>(['boom', 'boom', 'bang', 'bang', 'cancelled'])
  }

  reason(): Reason {
    return this.random.chance(0.5) ? `r${this.next()}` : null
  }

  delay(): number {
    return this.random.pick(delays)
  }

  /** How long something may take. */
  limit(): number | null {
    return this.random.pick(limits)
  }

  /** Some misuse ends what does it, most is just a line. */
  isForced(): boolean {
    return this.random.chance(0.2)
  }

  /** Every value and every label of a program is its own, so that a trace tells them apart. */
  next(): number {
    this.#label += 1
    return this.#label
  }

  /** A statement that comes later, from a callback. */
  later(statement: Statement): Statement {
    const action: Block = [statement]
    return this.random.chance(0.25) ? ['callSoon', action] : ['callLater', this.delay(), action]
  }
}
