import type { Suspension } from '../future/suspension.ts'
import { describe, showAsText } from '../loop/checks.ts'
import { isGenerator } from './awaitable.ts'
import type { Coroutine } from './coroutine.ts'
import type { GeneratorLife, Request } from './generator-life.ts'
import { FramedLife, NativeLife } from './generator-request.ts'

/** A call of an async generator: a coroutine, with the methods that the types of `for await` ask for. */
export type GeneratorCall<T> = Coroutine<T> & Promise<T>

/** What a function made by {@link asyncGenerator} gives. */
export class AsyncGeneratorObject<Y, R = void, N = unknown> implements AsyncGenerator<Y, R, N> {
  declare private readonly _life: GeneratorLife

  /** @internal */
  constructor(life: GeneratorLife) {
    this._life = life
  }

  /** The name of its function. */
  get name(): string {
    return this._life.name
  }

  /** Goes on to the next value, which is what the `yield` before it gives `value`. `agen.asend`. */
  next(...[value]: [] | [N]): GeneratorCall<IteratorResult<Y, R>> {
    return this._request('next', value)
  }

  /**
   * Throws `error` in where the generator stands; on one that is over, at the caller. `agen.athrow`.
   */
  throw(error: unknown): GeneratorCall<IteratorResult<Y, R>> {
    return this._request('throw', error)
  }

  /** Closes it, with `value` as the result; what `break` does in `for await`. */
  return(value: R | PromiseLike<R>): GeneratorCall<IteratorResult<Y, R>> {
    return this._request('return', value)
  }

  /**
   * Closes it: runs its `finally` blocks to their end, with all that they await. Does nothing if it is
   * over or has not begun.
   *
   * @throws {@link RuntimeError} if it is running, or produces a value instead of ending
   */
  aclose(): GeneratorCall<void> {
    return this._request('aclose', undefined)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The same as `aclose()`. */
  [Symbol.asyncDispose](): GeneratorCall<void> {
    return this._request('aclose', undefined)
  }

  toString(): string {
    return `<async generator ${this.name}>`
  }

  private _request<T>(request: Request, argument: unknown): GeneratorCall<T> {
    return this._life.request(request, argument, this) as unknown as GeneratorCall<T>
  }
}

showAsText(AsyncGeneratorObject)

type Produced<Y> = Exclude<Y, Suspension>

/** `yield coroutine` is a forgotten star; of what is `any` nothing is known. */
type NoCoroutine<Y> = 0 extends 1 & Y
  ? unknown
  : [Extract<Y, Coroutine<unknown>>] extends [never]
    ? unknown
    : 'write yield* instead of yield'

/**
 * Makes an async generator function of `fn`: of an async generator function, or of a generator
 * function, in which `yield* x` awaits and `yield x` produces. Calling it runs nothing; what it gives
 * is for `for await`, `anext` and `yield* agen.next()`. Python's async generators, CPython 3.13.
 *
 * It runs in the task that asks for the next value, so a cancellation of that task, while it awaits
 * in here, is thrown in here, and ends it if it is not caught. `aclose()` runs its `finally` blocks to
 * their end, and `for await` does so when it is left. One that is abandoned is closed by the loop it
 * was begun on: in a new task when it has been collected, at the latest at the end of `run()`
 * (`loop.shutdownAsyncgens()`). What must be closed in time, `aclosing` closes.
 *
 * @throws {@link TypeError} if `fn` is not a function
 * @throws {@link RuntimeError} from `next()`, `throw()` and `aclose()` while another of them is under
 * way, and where a `finally` yields a value while it is closed
 *
 * @example
 * ```ts
 * const ticker = asyncGenerator(function* (count: number) {
 *   for (let tick = 1; tick <= count; tick += 1) {
 *     yield* sleep(1) // awaits
 *     yield tick // produces
 *   }
 * })
 * await run(async () => {
 *   let sum = 0
 *   for await (const tick of ticker(3)) sum += tick
 *   return sum
 * }) // => 6
 * ```
 */
export function asyncGenerator<A extends unknown[], Y, R, N>(
  fn: (...args: A) => AsyncGenerator<Y, R, N>,
): (...args: A) => AsyncGeneratorObject<Y, R, N>
export function asyncGenerator<A extends unknown[], Y, R, N>(
  fn: ((...args: A) => Generator<Y, R, N>) & NoCoroutine<Y>,
): (...args: A) => AsyncGeneratorObject<Produced<Y>, R, N>
export function asyncGenerator<A extends unknown[]>(
  fn: (...args: A) => unknown,
): (...args: A) => AsyncGeneratorObject<unknown, unknown, unknown> {
  if (typeof fn !== 'function') {
    throw new TypeError(
      `asyncGenerator() expected an async generator function or a generator function, got ${describe(fn)}`,
    )
  }
  const name = fn.name || '<anonymous>'
  const made = function (this: unknown, ...args: A) {
    return new AsyncGeneratorObject<unknown, unknown, unknown>(lifeOf(fn.apply(this, args), name))
  }
  Object.defineProperty(made, 'name', { value: fn.name })
  return made
}

function lifeOf(generator: unknown, name: string): GeneratorLife {
  if (isGenerator(generator)) return new FramedLife(name, generator)
  if (typeof generator === 'object' && generator !== null && Symbol.asyncIterator in generator) {
    return new NativeLife(name, generator as AsyncGenerator<unknown, unknown, unknown>)
  }
  throw new TypeError(
    `the function given to asyncGenerator() gave ${describe(generator)}: it must be an async generator function (async function*) or a generator function (function*)`,
  )
}
