import type { Block, Kind, Objects, Program, Statement } from '../language/program.ts'
import { combine } from './combine.ts'
import { core } from './core.ts'
import { iteration } from './iteration.ts'
import { type Family, type Make, Maker, type Place } from './maker.ts'
import { queues } from './queues.ts'
import { Random } from './random.ts'
import { scopes } from './scopes.ts'
import { sync } from './sync.ts'

// Programs that have a taste find more than programs that are all alike.
const tastes = [0, 0.4, 1, 1, 1, 3]
const always: readonly Kind[] = ['log', 'sleep', 'spawn', 'try', 'with']
/** What a program may be made of, beside the core. */
export const families: readonly Family[] = [sync, queues, combine, scopes, iteration]
const familyCounts = [0, 1, 1, 1, 1, 2, 2, 2, 3, 4]
// What may wait long, or throw.
const risky: ReadonlySet<Kind> = new Set<Kind>([
  'call',
  'await',
  'sleep',
  'awaitHeld',
  'awaitSelf',
  'acquire',
  'with',
  'waitCondition',
  'waitUntil',
  'waitEvent',
  'waitBarrier',
  'resetBarrier',
  'abortBarrier',
  'put',
  'take',
  'joinQueue',
  'gather',
  'shield',
  'waitFor',
  'wait',
  'asCompleted',
  'group',
  'timeout',
  'timeoutAt',
  'iterate',
  'nextOf',
  'closeOf',
  'throwInto',
])

/** The program of a seed: always the same one. */
export function generate(seed: number): Program {
  const random = new Random(seed)
  const chosen = [core, ...chooseFamilies(random)]
  const objects = Object.assign({}, ...chosen.map((family) => family.objects?.(random))) as Objects
  return new Generator(random, objects, chosen).program(seed)
}

/** Few at a time: what is spread over everything meets nowhere. */
function chooseFamilies(random: Random): Family[] {
  const count = random.pick(familyCounts)
  const left = [...families]
  return Array.from({ length: count }, () => left.splice(random.int(0, left.length - 1), 1)).flat()
}

class Generator extends Maker {
  readonly #makes = new Map<Kind, Make>()
  readonly #inBody = new Map<Kind, number>()
  readonly #inAction = new Map<Kind, number>()
  readonly #hasScopes: boolean

  constructor(random: Random, objects: Objects, chosen: readonly Family[]) {
    super(random, objects)
    this.#hasScopes = chosen.includes(scopes)
    for (const [kind, recipe] of chosen.flatMap((family) => Object.entries(family.recipes))) {
      const [inBody, inAction, make] = recipe
      const taste = random.pick(tastes)
      const factor = always.includes(kind as Kind) ? Math.max(taste, 1) : taste
      this.#makes.set(kind as Kind, make)
      this.#inBody.set(kind as Kind, inBody * factor)
      this.#inAction.set(kind as Kind, inAction * factor)
    }
  }

  program(seed: number): Program {
    const defs: Block[] = []
    for (let def = 0; def < this.defs; def++) {
      const length = def === 0 ? this.random.int(6, 14) : this.random.int(2, 8)
      defs.push(this.block(length, { def, depth: 0, isAction: false }))
    }
    return { seed, objects: this.objects, defs }
  }

  override block(length: number, place: Place): Block {
    const block: Statement[] = []
    while (block.length < length) {
      const kind = this.random.weighted(place.isAction ? this.#inAction : this.#inBody)
      const statements = (this.#makes.get(kind) as Make)(this, place)
      block.push(...statements.map((statement) => this.#protect(statement, place)))
      if (statements.length > 0 && (kind === 'return' || kind === 'raise')) break
    }
    return block
  }

  /** Some of what can throw at the top of a body is caught, or most programs would end early. */
  #protect(statement: Statement, { def, depth }: Place): Statement {
    if (depth > 0 || !risky.has(statement[0]) || !this.random.chance(def === 0 ? 0.7 : 0.2)) {
      return statement
    }
    const isLimited = this.#hasScopes && this.random.chance(0.3)
    const tried: Statement = isLimited ? ['timeout', this.random.int(1, 8), [statement]] : statement
    return ['try', [tried], ['any', []], null]
  }
}
