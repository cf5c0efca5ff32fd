import type { Block, Caught, Handler, Kind, Program, Raised, Reason, Statement } from './program.ts'
import { Random } from './random.ts'

/** Where a statement stands. */
interface Place {
  readonly def: number
  readonly depth: number
  readonly isAction: boolean
}

// How often each statement comes, before the program's own taste; 0 in actions where it is Flow.
const weights: Readonly<Record<Kind, readonly [inBody: number, inAction: number]>> = {
  sleep: [14, 0],
  call: [8, 0],
  await: [12, 0],
  awaitSelf: [0.5, 0],
  awaitHeld: [1, 0],
  try: [12, 0],
  repeat: [2, 0],
  return: [2, 0],
  log: [8, 8],
  who: [1, 1],
  spawn: [12, 2],
  hold: [1, 0.5],
  spawnHeld: [0.7, 0.5],
  cancel: [8, 10],
  selfCancel: [2, 0],
  uncancel: [2, 1.5],
  look: [3, 2],
  read: [2, 2],
  raise: [2, 1],
  rethrow: [0, 0],
  future: [5, 1],
  setResult: [5, 6],
  setException: [2, 2],
  callSoon: [4, 2],
  callLater: [5, 2],
  cancelHandle: [2, 2],
  addCallback: [4, 1],
  addAgain: [1, 1],
  removeCallback: [1.5, 1],
  set: [2, 2],
  get: [2, 2],
}
// Programs that have a taste find more than programs that are all alike.
const tastes = [0, 0.4, 1, 1, 1, 3]
const always: readonly Kind[] = ['log', 'sleep', 'spawn', 'try']
const delays = [0, 0, 0, 1, 1, 2, 3, 5, 8]

/** The program of a seed: always the same one. */
export function generate(seed: number): Program {
  return new Generator(seed).program()
}

class Generator {
  readonly #seed: number
  readonly #random: Random
  readonly #defs: number
  readonly #inBody = new Map<Kind, number>()
  readonly #inAction = new Map<Kind, number>()
  #label = 0

  constructor(seed: number) {
    this.#seed = seed
    this.#random = new Random(seed)
    this.#defs = this.#random.int(2, 6)
    for (const [kind, [inBody, inAction]] of Object.entries(weights)) {
      const taste = this.#random.pick(tastes)
      const factor = always.includes(kind as Kind) ? Math.max(taste, 1) : taste
      this.#inBody.set(kind as Kind, inBody * factor)
      this.#inAction.set(kind as Kind, inAction * factor)
    }
  }

  program(): Program {
    const defs: Block[] = []
    for (let def = 0; def < this.#defs; def++) {
      const length = def === 0 ? this.#random.int(6, 14) : this.#random.int(2, 8)
      defs.push(this.#block(length, { def, depth: 0, isAction: false }))
    }
    return { seed: this.#seed, defs }
  }

  #block(length: number, place: Place): Block {
    const block: Statement[] = []
    while (block.length < length) {
      const kind = this.#random.weighted(place.isAction ? this.#inAction : this.#inBody)
      const statement = this.#statement(kind, place)
      if (statement === null) continue
      block.push(this.#protect(statement, place))
      if (kind === 'future' && this.#random.chance(0.6)) block.push(this.#settler(place))
      if (statement[0] === 'return' || statement[0] === 'raise') break
    }
    return block
  }

  /** Most futures get a result some time, or most awaits of one would never end. */
  #settler(place: Place): Statement {
    const kind = this.#random.pick<Kind>(['setResult', 'setResult', 'setException'])
    const settle = this.#statement(kind, place) as Statement
    return ['callLater', this.#random.pick(delays), [settle]]
  }

  /** Some of what can throw at the top of a body is caught, or most programs would end early. */
  #protect(statement: Statement, { def, depth }: Place): Statement {
    const canThrow = ['call', 'await', 'sleep', 'awaitHeld', 'awaitSelf'].includes(statement[0])
    if (depth > 0 || !canThrow || !this.#random.chance(def === 0 ? 0.7 : 0.2)) return statement
    return ['try', [statement], ['any', []], null]
  }

  /** Null where this kind has no place. */
  #statement(kind: Kind, place: Place): Statement | null {
    const random = this.#random
    const isDeep = place.depth >= 3
    // The main coroutine goes to its end, unless an error from elsewhere reaches it.
    const isTop = place.def === 0 && place.depth === 0
    const isLast = place.def === this.#defs - 1
    switch (kind) {
      case 'sleep':
        return [kind, random.pick(delays)]
      case 'call':
      case 'spawn':
      case 'hold':
        return isLast ? null : [kind, random.int(place.def + 1, this.#defs - 1)]
      case 'await':
      case 'look':
        return [kind, random.pick(['task', 'task', 'future']), this.#index()]
      case 'try':
        return isDeep ? null : this.#try(place)
      case 'repeat':
        return isDeep ? null : [kind, random.int(2, 4), this.#nested(place)]
      case 'return':
        return isTop ? null : [kind, this.#next()]
      case 'log':
        return [kind, this.#next()]
      case 'awaitSelf':
      case 'who':
      case 'rethrow':
      case 'future':
        return [kind]
      case 'awaitHeld':
      case 'spawnHeld':
      case 'uncancel':
      case 'cancelHandle':
        return [kind, this.#index()]
      case 'cancel':
        return [kind, random.pick(['task', 'task', 'future']), this.#index(), this.#reason()]
      case 'selfCancel':
        return [kind, this.#reason()]
      case 'read':
        return [
          kind,
          random.pick(['task', 'future']),
          this.#index(),
          random.pick(['result', 'exception']),
        ]
      case 'raise':
        return isTop ? null : [kind, this.#raised(), `e${this.#next()}`]
      case 'setResult':
        return [kind, this.#index(), this.#next(), random.chance(0.1)]
      case 'setException':
        return [kind, this.#index(), this.#raised(), `e${this.#next()}`, random.chance(0.1)]
      case 'callSoon':
        return isDeep ? null : [kind, this.#action(place)]
      case 'callLater':
        return isDeep ? null : [kind, random.pick([-1, ...delays]), this.#action(place)]
      case 'addCallback':
        return isDeep
          ? null
          : [kind, random.pick(['task', 'future']), this.#index(), this.#action(place)]
      case 'addAgain':
      case 'removeCallback':
        return [kind, random.pick(['task', 'future']), this.#index(), this.#index()]
      case 'set':
        return [kind, random.int(0, 1), this.#next()]
      case 'get':
        return [kind, random.int(0, 1)]
    }
  }

  #try(place: Place): Statement {
    const random = this.#random
    const hasHandler = random.chance(0.8)
    const body = this.#nested(place)
    const handler = hasHandler ? this.#handler(place) : null
    const hasFinally = !hasHandler || random.chance(0.35)
    return ['try', body, handler, hasFinally ? this.#nested(place) : null]
  }

  #handler(place: Place): Handler {
    const random = this.#random
    const caught = random.pick<Caught>(['any', 'any', 'cancelled', 'error'])
    const block = this.#block(random.int(0, 2), { ...place, depth: place.depth + 1 })
    return [caught, random.chance(0.4) ? [...block, ['rethrow']] : block]
  }

  #nested(place: Place): Block {
    return this.#block(this.#random.int(1, 3), { ...place, depth: place.depth + 1 })
  }

  #action(place: Place): Block {
    const depth = place.depth + 1
    return this.#block(this.#random.int(1, 2), { ...place, depth, isAction: true })
  }

  /** The newest ones more often than the older ones. */
  #index(): number {
    return Math.min(this.#random.int(0, 7), this.#random.int(0, 7))
  }

  #raised(): Raised {
    return this.#random.pick<Raised>(['boom', 'boom', 'bang', 'bang', 'cancelled'])
  }

  #reason(): Reason {
    return this.#random.chance(0.5) ? `r${this.#next()}` : null
  }

  /** Every value and every label of a program is its own, so that a trace tells them apart. */
  #next(): number {
    this.#label += 1
    return this.#label
  }
}
