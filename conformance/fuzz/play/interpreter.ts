import { CancelledError, currentTask, type ExceptionContext, sleep } from 'hocket'
import type { Recorder } from '../../src/trace.ts'
import type { Caught, CoreFlow, Target, Try } from '../language/core.ts'
import type { Block, Flow, Program, Statement, Step } from '../language/program.ts'
import { CombinePlayer } from './combine.ts'
import { CorePlayer } from './core.ts'
import { IterationPlayer } from './iteration.ts'
import { QueuesPlayer } from './queues.ts'
import { ScopesPlayer } from './scopes.ts'
import { type Body, type MakeBody, type Speller, type Style, wait } from './speller.ts'
import {
  type Activation,
  describe,
  type Flowing,
  type Flows,
  type Held,
  Stage,
  type Steps,
  say,
  type Who,
} from './stage.ts'
import { SyncPlayer } from './sync.ts'

// How reports begin that CPython makes at the same place.
const reports: readonly (readonly [message: string, name: string])[] = [
  ['exception in the callback', 'callback'],
  ['unhandled exception during', 'shutdown'],
  ['an error occurred while the async generator', 'generator'],
]

type Play = (statement: Statement, at: Activation, caught: unknown) => Flowing
type Do = (statement: Statement, who: Who, caught: unknown) => void

/** Plays one random program. The twin of interpret.py; the files in language/ say what the statements are. */
export class Interpreter extends Stage {
  readonly #defs: readonly Block[]
  readonly #flows: ReadonlyMap<string, Play>
  readonly #steps: ReadonlyMap<string, Do>
  #activations = 0

  constructor(program: Program, recorder: Recorder, speller: Speller) {
    super(program, recorder, speller)
    this.#defs = program.defs
    const families = [SyncPlayer, QueuesPlayer, CombinePlayer, ScopesPlayer, IterationPlayer].map(
      (Player) => new Player(this),
    )
    const flows = Object.assign(this.#coreFlows(), ...families.map(({ flows }) => flows))
    const core = new CorePlayer(this)
    const steps = Object.assign({}, core.steps, ...families.map(({ steps }) => steps))
    this.#flows = new Map(Object.entries(flows as Flows<Flow>)) as ReadonlyMap<string, Play>
    this.#steps = new Map(Object.entries(steps as Steps<Step>)) as ReadonlyMap<string, Do>
  }

  /** The main coroutine. */
  readonly main: MakeBody = (style) => this.#main(style)

  /** The loop's exception handler. What CPython reports when it collects garbage is left out. */
  report(context: ExceptionContext): void {
    const known = reports.find(([message]) => context.message.startsWith(message))
    if (known !== undefined) this.log('handler', known[1], describe(context.exception))
  }

  override body(def: number, held?: Held): MakeBody {
    return (style) => this.#activate(def, style, held)
  }

  *#main(style: Style): Body {
    this.enterTask()
    return yield* this.#activate(0, style)
  }

  *#activate(def: number, style: Style, held?: Held): Body {
    const who = this.#activations
    this.#activations += 1
    this.enterTask()
    this.log(who, `begins d${def}`)
    if (held !== undefined) held.state = 'running'
    try {
      const returned = yield* this.block(this.#defs[def] ?? [], { who, style }, null)
      return returned === null ? null : returned[0]
    } finally {
      if (held !== undefined) held.state = 'over'
    }
  }

  override *block(block: Block, at: Activation, caught: unknown): Flowing {
    for (const statement of block) {
      if (!this.burn()) break
      const flow = this.#flows.get(statement[0])
      if (flow === undefined) {
        this.#step(statement, at.who, caught)
        continue
      }
      const returned = yield* flow(statement, at, caught)
      if (returned !== null) return returned
    }
    return null
  }

  override action(block: Block): void {
    for (const statement of block) {
      if (!this.burn()) return
      this.#step(statement, '-', null)
    }
  }

  #step(statement: Statement, who: Who, caught: unknown): void {
    const step = this.#steps.get(statement[0])
    if (step === undefined) throw new TypeError(`'${statement[0]}' has no place here`)
    step(statement, who, caught)
  }

  #coreFlows(): Flows<CoreFlow> {
    return {
      sleep: ([, ms], { style }) => this.#sleep(ms, style),
      call: ([, def], at) => this.#call(def, at),
      await: ([, target, index], at) => this.#await(target, index, at),
      awaitSelf: (_, { style }) => this.#awaitSelf(style),
      awaitHeld: ([, index], at) => this.#awaitHeld(index, at),
      try: (statement, at, caught) => this.#try(statement, at, caught),
      repeat: ([, times, block], at, caught) => this.#repeat(times, block, at, caught),
      // biome-ignore lint/correctness/useYield: every statement of a body is a generator
      return: function* ([, value]) {
        return [value]
      },
    }
  }

  *#sleep(ms: number, style: Style): Flowing {
    yield* wait(sleep(ms > 0 ? this.delay(ms) : 0), style)
    return null
  }

  *#call(def: number, { who, style }: Activation): Flowing {
    const callee = this.speller.inline(this.body(def), style)
    this.log(who, 'called', say(yield* wait(callee, style)))
    return null
  }

  *#await(target: Target, index: number, at: Activation): Flowing {
    const place = this.chooseOther(target, index)
    const future = this.table(target)[place]
    if (future === undefined) return null
    const name = `${target[0]}${place}`
    const result = yield* this.waitForIt(at, name, future)
    if (result !== null) this.log(at.who, `awaited ${name}`, say(result[0]))
    return null
  }

  *#awaitSelf(style: Style): Flowing {
    const me = currentTask()
    if (this.spoilt.has(me)) return null
    this.spoilt.add(me)
    yield* wait(me, style)
    return null
  }

  *#awaitHeld(index: number, { who, style }: Activation): Flowing {
    const place = this.choose(this.held, index)
    const held = this.held[place]
    if (held === undefined || (held.state !== 'fresh' && held.state !== 'over')) return null
    this.log(who, `awaited h${place}`, say(yield* wait(held.coroutine, style)))
    return null
  }

  *#repeat(times: number, block: Block, at: Activation, caught: unknown): Flowing {
    for (let n = 0; n < times; n++) {
      const returned = yield* this.block(block, at, caught)
      if (returned !== null) return returned
    }
    return null
  }

  *#try([, body, handler, last]: Try, at: Activation, caught: unknown): Flowing {
    try {
      try {
        return yield* this.block(body, at, caught)
      } catch (error) {
        if (handler === null || !catches(handler[0], error)) throw error
        this.log(at.who, 'caught', describe(error))
        return yield* this.block(handler[1], at, error)
      }
    } finally {
      if (last !== null) {
        this.log(at.who, 'finally')
        const returned = yield* this.block(last, at, caught)
        // biome-ignore lint/correctness/noUnsafeFinally: a return in a finally block is the point
        if (returned !== null) return returned
      }
    }
  }
}

function catches(kind: Caught, error: unknown): boolean {
  return kind === 'any' || error instanceof CancelledError === (kind === 'cancelled')
}
