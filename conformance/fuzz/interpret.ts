import { CancelledError, currentTask, type ExceptionContext, sleep, type Task } from 'hocket'
import type { Recorder } from '../src/trace.ts'
import {
  type Block,
  type Caught,
  type Flow,
  isFlow,
  type Program,
  type Target,
  type Try,
} from './program.ts'
import { type Body, type MakeBody, type Speller, type Style, wait } from './spelling.ts'
import { describe, type Held, Steps, type Who } from './steps.ts'

// How reports begin that CPython makes at the same place.
const reports: readonly (readonly [message: string, name: string])[] = [
  ['exception in the callback', 'callback'],
  ['unhandled exception during', 'shutdown'],
]

/** The completion of a block that has met a `return`. */
type Returned = readonly [value: unknown]
type Flowing = Generator<unknown, Returned | null, unknown>

/** One run of one coroutine of the program. */
interface Activation {
  readonly who: Who
  readonly style: Style
}

/** Plays one random program. The twin of interpret.py; program.ts says what the statements are. */
export class Interpreter extends Steps {
  readonly #defs: readonly Block[]
  // Which task waits for which, by their places.
  readonly #waits = new Map<number, number>()
  // The tasks that have awaited themselves: CPython leaves them as tasks that nobody can await.
  readonly #spoilt = new Set<number>()
  #activations = 0

  constructor(program: Program, recorder: Recorder, speller: Speller) {
    super(recorder, speller)
    this.#defs = program.defs
  }

  /** The main coroutine. */
  readonly main: MakeBody = (style) => this.#main(style)

  /** The loop's exception handler. What CPython reports when it collects garbage is left out. */
  report(context: ExceptionContext): void {
    const known = reports.find(([message]) => context.message.startsWith(message))
    if (known !== undefined) this.log('handler', known[1], describe(context.exception))
  }

  protected override body(def: number, held?: Held): MakeBody {
    return (style) => this.#activate(def, style, held)
  }

  *#main(style: Style): Body {
    this.tasks.push(currentTask() as Task<unknown>)
    return yield* this.#activate(0, style)
  }

  *#activate(def: number, style: Style, held?: Held): Body {
    const who = this.#activations
    this.#activations += 1
    this.log(who, `begins d${def}`)
    if (held !== undefined) held.state = 'running'
    try {
      const returned = yield* this.#block(this.#defs[def] ?? [], { who, style }, null)
      return returned === null ? null : returned[0]
    } finally {
      if (held !== undefined) held.state = 'over'
    }
  }

  *#block(block: Block, at: Activation, caught: unknown): Flowing {
    for (const statement of block) {
      if (!this.burn()) break
      if (!isFlow(statement)) {
        this.step(statement, at.who, caught)
        continue
      }
      const returned = yield* this.#flow(statement, at, caught)
      if (returned !== null) return returned
    }
    return null
  }

  *#flow(statement: Flow, at: Activation, caught: unknown): Flowing {
    switch (statement[0]) {
      case 'sleep':
        yield* wait(sleep(statement[1] > 0 ? this.delay(statement[1]) : 0), at.style)
        return null
      case 'call': {
        const callee = this.speller.inline(this.body(statement[1]), at.style)
        this.log(at.who, 'called', yield* wait(callee, at.style))
        return null
      }
      case 'await':
        return yield* this.#await(statement[1], statement[2], at)
      case 'awaitSelf': {
        const me = this.current() as number
        if (this.#spoilt.has(me)) return null
        this.#spoilt.add(me)
        yield* wait(this.tasks[me], at.style)
        return null
      }
      case 'awaitHeld':
        return yield* this.#awaitHeld(statement[1], at)
      case 'try':
        return yield* this.#try(statement, at, caught)
      case 'repeat': {
        for (let n = 0; n < statement[1]; n++) {
          const returned = yield* this.#block(statement[2], at, caught)
          if (returned !== null) return returned
        }
        return null
      }
      case 'return':
        return [statement[1]]
    }
  }

  *#await(kind: Target, index: number, { who, style }: Activation): Flowing {
    const place = this.chooseOther(kind, index)
    if (place === null) return null
    const target = this.table(kind)[place]
    if (kind === 'future') {
      this.log(who, `awaited f${place}`, yield* wait(target, style))
      return null
    }
    const me = this.current() as number
    if (!this.#mayAwait(place, me)) {
      this.log(who, `does not await t${place}`)
      return null
    }
    this.#waits.set(me, place)
    let value: unknown
    try {
      value = yield* wait(target, style)
    } finally {
      this.#waits.delete(me)
    }
    this.log(who, `awaited t${place}`, value)
    return null
  }

  #mayAwait(place: number, me: number): boolean {
    if (this.#spoilt.has(place)) return false
    // Cancelling a ring of tasks would recurse for ever.
    let next: number | undefined = place
    while (next !== undefined && next !== me) next = this.#waits.get(next)
    return next !== me
  }

  *#awaitHeld(index: number, { who, style }: Activation): Flowing {
    const place = this.choose(this.held, index)
    const held = this.held[place ?? -1]
    if (held === undefined || (held.state !== 'fresh' && held.state !== 'over')) return null
    this.log(who, `awaited h${place}`, yield* wait(held.coroutine, style))
    return null
  }

  *#try([, body, handler, last]: Try, at: Activation, caught: unknown): Flowing {
    try {
      try {
        return yield* this.#block(body, at, caught)
      } catch (error) {
        if (handler === null || !catches(handler[0], error)) throw error
        this.log(at.who, 'caught', describe(error))
        return yield* this.#block(handler[1], at, error)
      }
    } finally {
      if (last !== null) {
        this.log(at.who, 'finally')
        const returned = yield* this.#block(last, at, caught)
        // biome-ignore lint/correctness/noUnsafeFinally: a return in a finally block is the point
        if (returned !== null) return returned
      }
    }
  }
}

function catches(kind: Caught, error: unknown): boolean {
  return kind === 'any' || error instanceof CancelledError === (kind === 'cancelled')
}
