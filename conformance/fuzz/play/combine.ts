import {
  ALL_COMPLETED,
  allTasks,
  asCompleted,
  CancelledError,
  type Coroutine,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type Future,
  gather,
  shield,
  waitFor,
  wait as waitForAny,
} from 'hocket'
import type { CombineFlow, CombineStep, Source } from '../language/combine.ts'
import { wait } from './speller.ts'
import {
  type Activation,
  describe,
  type Flowing,
  type Flows,
  type Stage,
  type Steps,
  say,
  state,
} from './stage.ts'

type OfKind<K> = Extract<CombineFlow, readonly [K, ...unknown[]]>
type Built = Coroutine<unknown> | Future<unknown>

const modes = { first: FIRST_COMPLETED, error: FIRST_EXCEPTION, all: ALL_COMPLETED } as const

/** gather, shield, wait, waitFor, asCompleted. The twin of combine.py. */
export class CombinePlayer {
  readonly #stage: Stage
  readonly flows: Flows<CombineFlow>
  readonly steps: Steps<CombineStep>

  constructor(stage: Stage) {
    this.#stage = stage
    this.flows = {
      gather: ([, sources, returnExceptions], at) =>
        this.#await('gather', this.#gather(sources, returnExceptions), at),
      shield: ([, source], at) => this.#shield(source, at),
      waitFor: (statement, at) => this.#waitFor(statement, at),
      wait: (statement, at) => this.#wait(statement, at),
      asCompleted: ([, sources, limit, way], at) => {
        const built = this.#buildAll(sources)
        const timeout = limit === null ? null : stage.delay(limit)
        return way === 'plain'
          ? this.#completedPlain(built, timeout, at)
          : this.#completedAsync(built, timeout, at)
      },
    }
    this.steps = {
      keep: ([, source]) => {
        const built = this.#build(source)
        if (built !== null) stage.futures.push(built as Future<unknown>)
      },
    }
  }

  /** What a source stands for; null where there is none. */
  #build(source: Source): Built | null {
    if (source[0] === 'call') return this.#stage.speller.source(this.#stage.body(source[1]))
    if (source[0] === 'gather') return this.#gather(source[1], source[2])
    if (source[0] === 'shield') {
      const inner = this.#build(source[1])
      return inner === null ? null : shield(inner)
    }
    const place = this.#stage.chooseOther(source[0], source[1])
    return this.#stage.table(source[0])[place] ?? null
  }

  #buildAll(sources: readonly Source[]): Built[] {
    return sources.map((source) => this.#build(source)).filter((built) => built !== null)
  }

  #gather(sources: readonly Source[], returnExceptions: boolean): Future<unknown> {
    const all = this.#buildAll(sources)
    const built = this.#stage.mayGather(all) ? all : []
    const before = allTasks(this.#stage.loop)
    const gathering = gather(built, { returnExceptions })
    const made = [...allTasks(this.#stage.loop)].filter((task) => !before.has(task))
    this.#stage.adopt(gathering, [...built, ...made])
    return gathering
  }

  *#await(name: string, target: unknown, at: Activation, awaitable: unknown = target): Flowing {
    const result = yield* this.#stage.waitForIt(at, name, target, awaitable)
    if (result !== null) this.#stage.log(at.who, name, say(result[0]))
    return null
  }

  *#shield(source: Source, at: Activation): Flowing {
    const shielded = this.#build(['shield', source])
    return shielded === null ? null : yield* this.#await('shield', shielded, at)
  }

  *#waitFor([, source, limit]: OfKind<'waitFor'>, at: Activation): Flowing {
    const target = this.#waitForTarget(source)
    if (target === null) return null
    if (!this.#stage.mayAwait(target)) {
      this.#stage.log(at.who, 'does not await waitFor')
      return null
    }
    return yield* this.#await('waitFor', target, at, waitFor(target, this.#stage.limit(limit)))
  }

  /** It awaits, so that it takes no bare functions. */
  #waitForTarget(source: Source): Built | null {
    if (source[0] !== 'call') return this.#build(source)
    return this.#stage.speller.held(this.#stage.body(source[1]))
  }

  *#wait([, targets, limit, mode]: OfKind<'wait'>, at: Activation): Flowing {
    const futures = this.#buildAll(targets) as Future<unknown>[]
    const timeout = limit === null ? null : this.#stage.delay(limit)
    const waiting = waitForAny(futures, { timeout, returnWhen: modes[mode] })
    const sets = (yield* wait(waiting, at.style)) as Awaited<typeof waiting>
    const names = [sets.done, sets.pending].map((futures) =>
      [...futures].map((future) => this.#stage.name(future)).join(' '),
    )
    this.#stage.log(at.who, `wait done ${names[0]} pending ${names[1]}`)
    return null
  }

  *#completedPlain(built: Built[], timeout: number | null, { who, style }: Activation): Flowing {
    for (const coroutine of asCompleted(built, { timeout })) {
      try {
        this.#stage.log(who, 'completed', say(yield* wait(coroutine, style)))
      } catch (error) {
        if (error instanceof CancelledError) throw error
        this.#stage.log(who, 'completed', describe(error))
      }
    }
    return null
  }

  *#completedAsync(built: Built[], timeout: number | null, { who, style }: Activation): Flowing {
    const iterator = asCompleted(built, { timeout })[Symbol.asyncIterator]()
    for (;;) {
      const step = yield* wait(iterator.next(), style)
      const { done, value } = step as IteratorResult<Future<unknown>>
      if (done === true) return null
      const name = built.includes(value) ? this.#stage.name(value) : 'new'
      this.#stage.log(who, `completed ${name}`, state(value))
    }
  }
}
