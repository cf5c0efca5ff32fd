import {
  Barrier,
  BoundedSemaphore,
  Condition,
  type Coroutine,
  Event,
  Lock,
  Semaphore,
} from 'hocket'
import type { Lockable, Primitive, SyncFlow, SyncStep } from '../language/sync.ts'
import { wait } from './speller.ts'
import {
  type Activation,
  type Flowing,
  type Flows,
  type Stage,
  type Steps,
  say,
  type Who,
} from './stage.ts'

interface Tables {
  readonly lock: readonly Lock[]
  readonly semaphore: readonly Semaphore[]
  readonly bounded: readonly BoundedSemaphore[]
  readonly condition: readonly Condition[]
  readonly event: readonly Event[]
  readonly barrier: readonly Barrier[]
}

/** A primitive, and how a trace calls it. */
type Picked<P extends Primitive> = readonly [one: Tables[P][number], name: string]

/** Locks, semaphores, conditions, events and barriers. The twin of sync.py. */
export class SyncPlayer {
  readonly #stage: Stage
  readonly #tables: Tables
  readonly #counts: number[]
  readonly flows: Flows<SyncFlow>
  readonly steps: Steps<SyncStep>

  constructor(stage: Stage) {
    this.#stage = stage
    this.#tables = makeTables(stage)
    this.#counts = this.#tables.condition.map(() => 0)
    this.flows = {
      acquire: (statement, at) => this.#acquire(statement, at),
      with: (statement, at, caught) => this.#with(statement, at, caught),
      waitCondition: ([, index], at) =>
        this.#waitOn('condition', index, at, (condition) => condition.wait()),
      waitUntil: ([, index, count], at) => this.#waitUntil(index, count, at),
      waitEvent: ([, index], at) => this.#waitOn('event', index, at, (event) => event.wait()),
      waitBarrier: ([, index], at) =>
        this.#waitOn('barrier', index, at, (barrier) => barrier.wait()),
      resetBarrier: ([, index], at) =>
        this.#waitOn('barrier', index, at, (barrier) => barrier.reset()),
      abortBarrier: ([, index], at) =>
        this.#waitOn('barrier', index, at, (barrier) => barrier.abort()),
    }
    this.steps = {
      release: ([, kind, index, isForced], who) =>
        this.#pick(kind, index, ([one, name]) =>
          stage.attempt(who, `release ${name}`, isForced, () => one.release()),
        ),
      notify: ([, index, n, isForced], who) =>
        this.#pick('condition', index, ([condition, name]) =>
          stage.attempt(who, `notify ${name}`, isForced, () =>
            n === 'all' ? condition.notifyAll() : condition.notify(n),
          ),
        ),
      count: ([, index, by]) => {
        const place = stage.choose(this.#counts, index)
        if (place !== -1) this.#counts[place] = this.#count(place) + by
      },
      setEvent: ([, index]) => this.#pick('event', index, ([event]) => event.set()),
      clearEvent: ([, index]) => this.#pick('event', index, ([event]) => event.clear()),
      lookSync: ([, kind, index], who) => this.#look(kind, index, who),
    }
  }

  #find<P extends Primitive>(kind: P, index: number): Picked<P> | null {
    const table: readonly Tables[P][number][] = this.#tables[kind]
    const place = this.#stage.choose(table, index)
    const one = table[place]
    return one === undefined ? null : [one, `${kind} ${place}`]
  }

  #pick<P extends Primitive>(kind: P, index: number, use: (picked: Picked<P>) => void): void {
    const picked = this.#find(kind, index)
    if (picked !== null) use(picked)
  }

  #count(place: number): number {
    return this.#counts[place] ?? 0
  }

  *#acquire([, kind, index]: readonly [string, Lockable, number], at: Activation): Flowing {
    const picked = this.#find(kind, index)
    if (picked === null) return null
    yield* wait(picked[0].acquire(), at.style)
    this.#stage.log(at.who, `acquired ${picked[1]}`)
    return null
  }

  *#with(
    [, kind, index, block]: Extract<SyncFlow, readonly ['with', ...unknown[]]>,
    at: Activation,
    caught: unknown,
  ): Flowing {
    const picked = this.#find(kind, index)
    if (picked === null) return null
    const [one, name] = picked
    yield* wait(one.acquire(), at.style)
    try {
      this.#stage.log(at.who, `entered ${name}`)
      return yield* this.#stage.block(block, at, caught)
    } finally {
      one.release()
    }
  }

  *#waitOn<P extends Primitive>(
    kind: P,
    index: number,
    { who, style }: Activation,
    begin: (one: Tables[P][number]) => Coroutine<unknown>,
  ): Flowing {
    const picked = this.#find(kind, index)
    if (picked === null) return null
    const value = yield* wait(begin(picked[0]), style)
    this.#stage.log(who, `passed ${picked[1]}`, say(value))
    return null
  }

  #waitUntil(index: number, count: number, at: Activation): Flowing {
    const place = this.#stage.choose(this.#counts, index)
    const predicate = (): number => {
      const now = this.#count(place)
      this.#stage.log(at.who, `asks condition ${place}`, now)
      return now >= count ? now : 0
    }
    return this.#waitOn('condition', index, at, (condition) => condition.waitFor(predicate))
  }

  #look(kind: Primitive, index: number, who: Who): void {
    const picked = this.#find(kind, index)
    if (picked === null) return
    const [one, name] = picked
    this.#stage.log(who, `look ${name}`, ...looks(one))
  }
}

function looks(one: Tables[Primitive][number]): unknown[] {
  if (one instanceof Event) return [one.isSet()]
  if (one instanceof Barrier) return [one.parties, one.nWaiting, one.broken]
  return [one.locked()]
}

function makeTables({ objects }: Stage): Tables {
  const lock = Array.from({ length: objects.locks ?? 0 }, () => new Lock())
  const conditions = objects.conditions ?? []
  return {
    lock,
    semaphore: (objects.semaphores ?? []).map((value) => new Semaphore(value)),
    bounded: (objects.bounded ?? []).map((value) => new BoundedSemaphore(value)),
    // A condition over one of these locks, or over a lock of its own.
    condition: conditions.map((place) => new Condition(place === null ? undefined : lock[place])),
    event: Array.from({ length: objects.events ?? 0 }, () => new Event()),
    barrier: (objects.barriers ?? []).map((parties) => new Barrier(parties)),
  }
}
