import { CancelledError, currentTask, type EventLoop, Future, type Handle, Task } from 'hocket'
import { show } from '../../src/show.ts'
import type { Recorder } from '../../src/trace.ts'
import type { Raised, Target } from '../language/core.ts'
import {
  type Block,
  FUEL,
  type Objects,
  type Program,
  type Statement,
} from '../language/program.ts'
import { type Body, type MakeBody, type Speller, type Style, wait } from './speller.ts'

/** A number for a coroutine, a name for an async generator; what callbacks do has none. */
export type Who = number | `g${number}` | '-' | 'handler'

/** One run of one coroutine of the program. */
export interface Activation {
  readonly who: Who
  readonly style: Style
}

/** The completion of a block that has met a `return`. */
export type Returned = readonly [value: unknown]
export type Flowing = Generator<unknown, Returned | null, unknown>

type OfKind<S extends Statement, K> = Extract<S, readonly [K, ...unknown[]]>

/** How a family plays what may suspend. */
export type Flows<S extends Statement> = {
  readonly [K in S[0]]: (statement: OfKind<S, K>, at: Activation, caught: unknown) => Flowing
}

/** How a family plays what callbacks can do as well. */
export type Steps<S extends Statement> = {
  readonly [K in S[0]]: (statement: OfKind<S, K>, who: Who, caught: unknown) => void
}

export interface Held {
  state: 'fresh' | 'taken' | 'running' | 'over'
  coroutine: PromiseLike<unknown>
}

class Boom extends Error {}
class Bang extends Error {}

export function makeError(kind: Raised, label: string): Error {
  if (kind === 'cancelled') return new CancelledError(label)
  return kind === 'boom' ? new Boom(label) : new Bang(label)
}

// Gatherings that share what they gather give lists whose text doubles with each level.
const deepest = 5

/** The type, and what the program itself said: a label or the reason of a cancel. */
export function describe(error: unknown, depth = 0): string {
  if (error instanceof AggregateError) {
    return `${error.constructor.name}(${sayAll(error.errors, depth)})`
  }
  if (error instanceof Boom || error instanceof Bang) return `${show(error)} ${error.message}`
  const reason = error instanceof CancelledError ? error.reason : undefined
  return reason === undefined ? show(error) : `${show(error)} ${show(reason)}`
}

/** A result: a plain value, an error, or a list of such. */
export function say(value: unknown, depth = 0): string {
  if (Array.isArray(value)) return `[${sayAll(value, depth)}]`
  return value instanceof Error ? describe(value, depth) : show(value)
}

function sayAll(values: readonly unknown[], depth: number): string {
  return depth > deepest ? '…' : values.map((value) => say(value, depth + 1)).join(', ')
}

export function state(future: Future<unknown>): string {
  if (future.cancelled()) return 'cancelled'
  const error = future.exception()
  return error === null ? `result ${say(future.result())}` : `error ${describe(error)}`
}

/** What every family of statements stands on: the log, the tables, who waits for whom. The twin of stage.py. */
export abstract class Stage {
  readonly objects: Objects
  readonly loop: EventLoop
  readonly speller: Speller
  readonly tasks: Task<unknown>[] = []
  readonly futures: Future<unknown>[] = []
  readonly handles: Handle[] = []
  readonly callbacks: ((future: Future<unknown>) => void)[] = []
  readonly held: Held[] = []
  /** The tasks that have awaited themselves: CPython leaves them as tasks that nobody can await. */
  readonly spoilt = new Set<unknown>()
  readonly #recorder: Recorder
  readonly #deadlines = new Set<number>()
  // What each task waits for, where a cancel of the task is passed on to it.
  readonly #waits = new Map<unknown, unknown>()
  // Whom a gathering passes its own cancel on to.
  readonly #children = new Map<unknown, readonly unknown[]>()
  #fuel = FUEL

  constructor(program: Program, recorder: Recorder, speller: Speller) {
    this.objects = program.objects ?? {}
    this.#recorder = recorder
    this.loop = recorder.loop()
    this.speller = speller
  }

  /** One activation of a definition. */
  abstract body(def: number, held?: Held): MakeBody
  abstract block(block: Block, at: Activation, caught: unknown): Flowing
  abstract action(block: Block): void

  log(who: Who, ...words: unknown[]): void {
    this.#recorder.log([who, ...words])
  }

  /** False when the program has played enough. */
  burn(): boolean {
    if (this.#fuel === 0) return false
    this.#fuel -= 1
    return true
  }

  /** The place of the `index`-th newest entry of a table; -1 where it is empty. */
  choose(table: readonly unknown[], index: number): number {
    return table.length === 0 ? -1 : table.length - 1 - (index % table.length)
  }

  /** Never the task that runs: the one before it. */
  chooseOther(target: Target, index: number): number {
    const place = this.choose(this.table(target), index)
    return target === 'task' && place === this.current() ? place - 1 : place
  }

  table(target: Target): readonly Future<unknown>[] {
    return target === 'task' ? this.tasks : this.futures
  }

  /** `ms`, or a little more where another timer has that deadline already. */
  delay(ms: number): number {
    const now = this.loop.time()
    const wanted = Math.round((now + ms) * 1000)
    let key = wanted
    while (this.#deadlines.has(key)) key += 1
    this.#deadlines.add(key)
    return key === wanted ? ms : key / 1000 - now
  }

  /** The delay of something that needs no timer where it is null, 0 or less. */
  limit(ms: number | null): number | null {
    return ms === null || ms <= 0 ? ms : this.delay(ms)
  }

  current(): number | null {
    const task = currentTask()
    return task === null ? null : this.tasks.indexOf(task)
  }

  /** Tasks that gather and its like have made get their place when they begin. */
  enterTask(): void {
    const task = currentTask() as Task<unknown>
    if (!this.tasks.includes(task)) this.tasks.push(task)
  }

  name(future: unknown): string {
    for (const kind of ['task', 'future'] as const) {
      const place = this.table(kind).indexOf(future as Future<unknown>)
      if (place !== -1) return `${kind[0]}${place}`
    }
    return 'new'
  }

  /** A misuse ends the coroutine where it is forced; else it is a line. */
  attempt<T>(who: Who, what: string, isForced: boolean, act: () => T): T | undefined {
    try {
      return act()
    } catch (error) {
      if (isForced || error instanceof CancelledError) throw error
      this.log(who, what, 'fails', describe(error))
      return undefined
    }
  }

  adopt(gathering: unknown, children: readonly unknown[]): void {
    this.#children.set(gathering, children)
  }

  /** Cancelling a ring of tasks would recurse for ever. */
  mayAwait(target: unknown): boolean {
    if (this.spoilt.has(target)) return false
    const me = currentTask()
    const seen = new Set<unknown>()
    const todo = [target]
    while (todo.length > 0) {
      const one = todo.pop()
      if (one === me) return false
      if (seen.has(one)) continue
      seen.add(one)
      todo.push(...this.#next(one))
    }
    return this.#hasOneWay(me, target)
  }

  /** Whether a gathering of these keeps the rule of one way. */
  mayGather(children: readonly unknown[]): boolean {
    const marker = {}
    this.#children.set(marker, children)
    const may = this.#hasOneWay(null, null)
    this.#children.delete(marker)
    return may
  }

  /** Where a cancel of it goes on to. */
  #next(one: unknown): unknown[] {
    const children = this.#children.get(one) ?? []
    return this.#waits.has(one) ? [...children, this.#waits.get(one)] : [...children]
  }

  /**
   * Whether a cancel that is passed on reaches each task once, if `me` awaits `target` as well. CPython
   * counts it once for each way there, which can be millions.
   */
  #hasOneWay(me: unknown, target: unknown): boolean {
    if (this.#children.size === 0) return true
    const reach = (one: unknown, seen: Set<unknown>): boolean => {
      if (!(one instanceof Future) || one.done()) return true
      if (seen.has(one)) return !(one instanceof Task) && !this.#children.has(one)
      seen.add(one)
      const after = one === me ? [...this.#next(one), target] : this.#next(one)
      return after.every((each) => reach(each, seen))
    }
    const roots = [...this.#waits.keys(), ...[...this.#children.values()].flat(), me]
    return roots.every((one) => reach(one, new Set()))
  }

  /** Gives the result in a list; null where it must not be awaited. */
  *waitForIt(
    { who, style }: Activation,
    name: string,
    target: unknown,
    awaitable: unknown = target,
  ): Generator<unknown, Returned | null, unknown> {
    if (!this.mayAwait(target)) {
      this.log(who, `does not await ${name}`)
      return null
    }
    if (!(target instanceof Future)) return [yield* wait(awaitable, style)]
    const me = currentTask()
    this.#waits.set(me, target)
    try {
      return [yield* wait(awaitable, style)]
    } finally {
      this.#waits.delete(me)
    }
  }
}

export type { Body }
