import { type AsyncGeneratorObject, anext, asyncGenerator, CancelledError } from 'hocket'
import type { IterationFlow, IterationStep } from '../language/iteration.ts'
import type { Block } from '../language/program.ts'
import { drive, wait } from './speller.ts'
import {
  type Activation,
  type Flowing,
  type Flows,
  makeError,
  type Returned,
  type Stage,
  type Steps,
  say,
  type Who,
} from './stage.ts'

type Produced = AsyncGeneratorObject<number, void, unknown>
type Name = `g${number}`
type Found = readonly [generator: Produced, name: Name]

/** Async generators. The twin of iteration.py. */
export class IterationPlayer {
  readonly #stage: Stage
  readonly #generators: Produced[] = []
  readonly #states = new Map<Who, 'fresh' | 'begun' | 'over'>()
  readonly flows: Flows<IterationFlow>
  readonly steps: Steps<IterationStep>

  constructor(stage: Stage) {
    this.#stage = stage
    this.flows = {
      iterate: ([, index, times, block], at, caught) =>
        this.#iterate(this.#find(index), times, block, at, caught),
      nextOf: ([, index], at) =>
        this.#next(this.#find(index), at, (generator) => anext(generator, null)),
      closeOf: ([, index], at) => this.#close(this.#find(index), at),
      throwInto: ([, index, kind, label], at) => {
        const found = this.#find(index)
        // CPython loses an error that is thrown into one that is over.
        const isOver = found !== null && this.#states.get(found[1]) === 'over'
        return this.#next(isOver ? null : found, at, (generator, name) => {
          this.#endFresh(name)
          return generator.throw(makeError(kind, label))
        })
      },
    }
    this.steps = {
      produce: (statement) => {
        const who: Name = `g${this.#generators.length}`
        this.#states.set(who, 'fresh')
        this.#generators.push(this.#produce(statement, who))
      },
    }
  }

  #find(index: number): Found | null {
    const place = this.#stage.choose(this.#generators, index)
    const generator = this.#generators[place]
    return generator === undefined ? null : [generator, `g${place}`]
  }

  /** What is closed before it has begun, or thrown into, is over at once. */
  #endFresh(name: Name): void {
    if (this.#states.get(name) === 'fresh') this.#states.set(name, 'over')
  }

  #produce([, block, values, catches, last]: IterationStep, who: Name): Produced {
    const stage = this.#stage
    const states = this.#states
    const play = (block: Block) => (style: Activation['style']) =>
      stage.block(block, { who, style }, null)
    const goOn = (error: unknown): void => {
      if (!catches || error instanceof CancelledError) throw error
      stage.log(who, 'catches', say(error))
    }
    if (stage.speller.generatorStyle() === 'async') {
      return asyncGenerator(async function* () {
        states.set(who, 'begun')
        stage.log(who, 'begins')
        try {
          for (let value = 0; value < values; value++) {
            if ((await drive(play(block))) !== null) return
            try {
              yield value
            } catch (error) {
              goOn(error)
            }
          }
        } finally {
          try {
            stage.enterTask()
            stage.log(who, 'ends')
            await drive(play(last))
          } finally {
            states.set(who, 'over')
          }
        }
      })()
    }
    return asyncGenerator(function* () {
      states.set(who, 'begun')
      stage.log(who, 'begins')
      try {
        for (let value = 0; value < values; value++) {
          if ((yield* play(block)('generator')) !== null) return
          try {
            yield value
          } catch (error) {
            goOn(error)
          }
        }
      } finally {
        try {
          stage.enterTask()
          stage.log(who, 'ends')
          yield* play(last)('generator')
        } finally {
          states.set(who, 'over')
        }
      }
    })() as Produced
  }

  *#iterate(
    found: Found | null,
    times: number,
    block: Block,
    at: Activation,
    caught: unknown,
  ): Flowing {
    if (found === null) return null
    const [generator, name] = found
    for (let left = times; left > 0; left--) {
      const step = (yield* wait(generator.next(), at.style)) as IteratorResult<number>
      if (step.done === true) break
      this.#stage.log(at.who, `${name} gives`, step.value)
      const returned: Returned | null = yield* this.#stage.block(block, at, caught)
      if (returned !== null) return returned
    }
    this.#stage.log(at.who, `leaves ${name}`)
    return null
  }

  *#next(
    found: Found | null,
    { who, style }: Activation,
    ask: (generator: Produced, name: Name) => unknown,
  ): Flowing {
    if (found === null) return null
    const [generator, name] = found
    const given = yield* wait(ask(generator, name), style)
    const value = isResult(given) ? (given.done === true ? null : given.value) : given
    if (value === null) this.#stage.log(who, `${name} is over`)
    else this.#stage.log(who, `${name} gives`, value)
    return null
  }

  *#close(found: Found | null, { who, style }: Activation): Flowing {
    if (found === null) return null
    this.#endFresh(found[1])
    yield* wait(found[0].aclose(), style)
    this.#stage.log(who, `closed ${found[1]}`)
    return null
  }
}

/** What `throw()` gives; `anext` gives the value itself. */
function isResult(given: unknown): given is IteratorResult<number> {
  return typeof given === 'object' && given !== null && 'done' in given
}
