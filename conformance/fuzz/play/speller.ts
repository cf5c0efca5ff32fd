import { type Coroutine, coroutine, type Suspension } from 'hocket'
import { on, type Spelling } from '../../src/spellings.ts'
import { Random } from '../generate/random.ts'

/** How a body waits: by `await` in an async function, or by `yield*` in a generator function. */
export type Style = 'async' | 'generator'

/** What runs in the body of a coroutine; `wait` is its await. */
export type Body = Generator<unknown, unknown, unknown>
/** Makes the body of one activation. Nothing of it runs before the first `next()`. */
export type MakeBody = (style: Style) => Body

/** The await of a body, in its style. */
export function* wait(awaitable: unknown, style: Style): Body {
  return style === 'async' ? yield awaitable : yield* on(awaitable) as Body
}

/**
 * Decides for every call how the coroutine behind it is written. `async` and `generator` use one
 * spelling throughout; `alternating` draws one at every call. In all of them the bare form, an async
 * function or a generator that no `coroutine()` has seen, is drawn now and then.
 */
export class Speller {
  readonly #spelling: Spelling
  readonly #random: Random

  constructor(spelling: Spelling, seed: number) {
    this.#spelling = spelling
    this.#random = new Random(seed)
  }

  /** What a body of style `caller` can wait for. */
  inline(make: MakeBody, caller: Style): unknown {
    const style = this.#style()
    // Neither style can await the bare form of the other one.
    if (style !== caller || !this.#isBare()) return spell(make, style)
    return style === 'async' ? drive(make) : make('generator')
  }

  /** What `createTask` and `run` can start. */
  source(make: MakeBody): Coroutine<unknown> {
    const style = this.#style()
    if (!this.#isBare()) return spell(make, style)
    const bare = style === 'async' ? () => drive(make) : make('generator')
    return bare as unknown as Coroutine<unknown>
  }

  /** What the body function of a scope gives. */
  body(make: MakeBody): Coroutine<unknown> {
    const style = this.#style()
    if (!this.#isBare()) return spell(make, style)
    return (style === 'async' ? drive(make) : make('generator')) as unknown as Coroutine<unknown>
  }

  /** How an async generator is written. */
  generatorStyle(): Style {
    return this.#style()
  }

  /** A coroutine object to keep. */
  held(make: MakeBody): Coroutine<unknown> {
    return spell(make, this.#style())
  }

  #style(): Style {
    if (this.#spelling !== 'alternating') return this.#spelling
    return this.#random.chance(0.5) ? 'async' : 'generator'
  }

  #isBare(): boolean {
    return this.#random.chance(0.3)
  }
}

const asAsync = coroutine(drive)
const asGenerator = coroutine(function* (make: MakeBody) {
  return yield* make('generator') as Generator<Suspension, unknown, unknown>
})

function spell(make: MakeBody, style: Style): Coroutine<unknown> {
  return style === 'async' ? asAsync(make) : asGenerator(make)
}

/** An async function with the awaits of the body. */
export async function drive(make: MakeBody): Promise<unknown> {
  const body = make('async')
  let step = body.next()
  while (step.done !== true) {
    let value: unknown
    let isError = false
    try {
      value = await (step.value as PromiseLike<unknown>)
    } catch (error) {
      isError = true
      value = error
    }
    step = isError ? body.throw(value) : body.next(value)
  }
  return step.value
}
