import { type TaskGroup, type Timeout, taskGroup, timeout, timeoutAt } from 'hocket'
import type { Block } from '../language/program.ts'
import type { ScopeFlow, ScopeStep } from '../language/scopes.ts'
import { wait } from './speller.ts'
import type { Activation, Flowing, Flows, Returned, Stage, Steps } from './stage.ts'

/** Task groups and timeouts. The twin of scopes.py. */
export class ScopesPlayer {
  readonly #stage: Stage
  readonly #groups: TaskGroup[] = []
  readonly #timeouts: Timeout[] = []
  readonly flows: Flows<ScopeFlow>
  readonly steps: Steps<ScopeStep>

  constructor(stage: Stage) {
    this.#stage = stage
    this.flows = {
      group: ([, block], at, caught) => this.#group(block, at, caught),
      timeout: ([, limit, block], at, caught) => {
        const delay = stage.limit(limit)
        return this.#within((body) => timeout(delay, body), block, at, caught)
      },
      timeoutAt: ([, limit, block], at, caught) => {
        const when = this.#deadline(limit)
        return this.#within((body) => timeoutAt(when, body), block, at, caught)
      },
    }
    this.steps = {
      groupSpawn: ([, index, def, isForced], who) => this.#spawn(index, def, isForced, who),
      reschedule: ([, index, limit, isForced], who) => {
        const place = stage.choose(this.#timeouts, index)
        if (place === -1) return
        const when = this.#deadline(limit)
        stage.attempt(who, `reschedule timeout ${place}`, isForced, () =>
          this.#timeouts[place]?.reschedule(when),
        )
      },
      lookTimeout: ([, index], who) => {
        const place = stage.choose(this.#timeouts, index)
        const found = this.#timeouts[place]
        if (found === undefined) return
        stage.log(who, `look timeout ${place}`, found.when(), found.expired())
      },
    }
  }

  #deadline(limit: number | null): number | null {
    const delay = this.#stage.limit(limit)
    return delay === null ? null : this.#stage.loop.time() + delay
  }

  *#group(block: Block, at: Activation, caught: unknown): Flowing {
    const place = this.#groups.length
    const grouped = taskGroup((group) => {
      this.#groups.push(group)
      return this.#body(block, at, caught, `entered group ${place}`)
    })
    const returned = (yield* wait(grouped, at.style)) as Returned | null
    this.#stage.log(at.who, `left group ${place}`)
    return returned
  }

  *#within(
    enter: (body: (timeout: Timeout) => PromiseLike<unknown>) => PromiseLike<unknown>,
    block: Block,
    at: Activation,
    caught: unknown,
  ): Flowing {
    const place = this.#timeouts.length
    let entered: Timeout | undefined
    const limited = enter((timeout) => {
      entered = timeout
      this.#timeouts.push(timeout)
      return this.#body(block, at, caught, `entered timeout ${place}`)
    })
    try {
      return (yield* wait(limited, at.style)) as Returned | null
    } finally {
      this.#stage.log(at.who, `left timeout ${place}`, entered?.expired())
    }
  }

  /** The body of a scope runs in the same task, in whichever spelling. */
  #body(block: Block, { who }: Activation, caught: unknown, line: string): PromiseLike<unknown> {
    const { speller } = this.#stage
    return speller.body((style) => this.#play(block, { who, style }, caught, line))
  }

  *#play(block: Block, at: Activation, caught: unknown, line: string): Flowing {
    this.#stage.log(at.who, line)
    return yield* this.#stage.block(block, at, caught)
  }

  #spawn(index: number, def: number, isForced: boolean, who: Activation['who']): void {
    const place = this.#stage.choose(this.#groups, index)
    const group = this.#groups[place]
    if (group === undefined) return
    const { tasks, speller } = this.#stage
    const task = this.#stage.attempt(who, `spawn in group ${place}`, isForced, () =>
      group.createTask(speller.source(this.#stage.body(def))),
    )
    if (task === undefined) return
    this.#stage.log(who, `group ${place} spawns t${tasks.length}`)
    tasks.push(task)
  }
}
