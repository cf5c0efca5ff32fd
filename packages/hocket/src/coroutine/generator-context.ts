import { RuntimeError } from '../errors/errors.ts'
import type { Suspension } from '../future/suspension.ts'
import { showAsText } from '../loop/checks.ts'
import { type AsyncGeneratorObject, asyncGenerator } from './async-generator.ts'
import { AbstractAsyncContextManager } from './context-manager.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'
import { chain } from './error-chain.ts'
import { StopAsyncIteration } from './stop-async-iteration.ts'

type Yielded<V> = AsyncGeneratorObject<V, unknown, unknown>

/** A context that was entered by `open()`: left when it is disposed of. */
export interface OpenContext<V> extends AsyncDisposable {
  /** What the generator has yielded. */
  readonly value: V
  [Symbol.asyncDispose](): Coroutine<void>
}

/** A context manager out of a generator that yields once. Good for one use. */
export class GeneratorContextManager<V>
  extends AbstractAsyncContextManager<V>
  implements AsyncDisposable
{
  readonly #generator: Yielded<V>
  #isEntered = false

  /** @internal */
  constructor(generator: Yielded<V>) {
    super()
    this.#generator = generator
  }

  /**
   * Runs the generator up to its `yield`; gives what that yields.
   *
   * @throws {@link RuntimeError} if it does not yield, or was entered before
   */
  aenter(): Coroutine<V> {
    if (this.#isEntered) {
      throw new RuntimeError(
        `the context ${this.#generator.name} was entered already: it is good for one use, call the function again`,
        { code: 'ERR_ASYNC_GENERATOR' },
      )
    }
    this.#isEntered = true
    return enter(this.#generator) as Coroutine<V>
  }

  /**
   * Runs the generator to its end; throws the error in at its `yield`, if there is one. True if it has
   * caught that.
   *
   * @throws {@link RuntimeError} if it yields again; it is closed then
   */
  aexit(error: unknown, hasFailed: boolean): Coroutine<boolean> {
    return leave(this.#generator, error, hasFailed)
  }

  /**
   * Enters, and gives a resource for `await using` and `use()`, for where the generator need not know
   * how the block ended: it goes on after its `yield` in any case.
   */
  open(): Coroutine<OpenContext<V>> {
    return open(this) as Coroutine<OpenContext<V>>
  }

  /** Leaves it without an error, if it was entered and not left. */
  [Symbol.asyncDispose](): Coroutine<void> {
    return dispose(this.#generator, this.#isEntered)
  }

  override toString(): string {
    return `<context of ${this.#generator}>`
  }
}

showAsText(GeneratorContextManager)

const enter = coroutine(function* aenter(generator: Yielded<unknown>) {
  const { done, value } = yield* generator.next()
  if (done !== true) return value
  throw new RuntimeError(
    `the generator ${generator.name} of a context didn't yield: it has to yield once`,
    { code: 'ERR_ASYNC_GENERATOR' },
  )
})

const leave = coroutine(function* aexit(
  generator: Yielded<unknown>,
  error: unknown,
  hasFailed: boolean,
): Generator<Suspension, boolean, never> {
  let result: IteratorResult<unknown, unknown>
  try {
    result = yield* hasFailed ? generator.throw(error) : generator.next()
  } catch (thrown) {
    if (hasFailed && isSame(thrown, error)) return false
    throw thrown
  }
  if (result.done === true) return hasFailed
  const failure = new RuntimeError(
    `the generator ${generator.name} of a context didn't stop: it has to yield once${hasFailed ? ', also after an error' : ''}`,
    { code: 'ERR_ASYNC_GENERATOR' },
  )
  try {
    yield* generator.aclose()
  } catch (thrown) {
    throw chain(thrown, failure)
  }
  throw failure
})

/** It lets `error` pass. A StopAsyncIteration comes out of a generator inside another error. */
function isSame(thrown: unknown, error: unknown): boolean {
  if (thrown === error) return true
  const isWrapped = thrown instanceof RuntimeError && error instanceof StopAsyncIteration
  return isWrapped && thrown.cause === error
}

const open = coroutine(function* open(manager: GeneratorContextManager<unknown>) {
  const value = yield* manager.aenter()
  return { value, [Symbol.asyncDispose]: () => manager[Symbol.asyncDispose]() }
})

const dispose = coroutine(function* dispose(generator: Yielded<unknown>, isEntered: boolean) {
  if (!isEntered) yield* generator.aclose()
  else yield* leave(generator, undefined, false)
})

/**
 * Makes a function that gives context managers out of `fn`, an async generator function or a generator
 * function in which `yield* x` awaits: what comes before its one `yield` enters, what it yields is the
 * value, and what comes after it leaves. contextlib.asynccontextmanager, CPython 3.13.
 *
 * `manager.run(body)` throws the error of the body in at the `yield`: `catch` swallows it, and `run`
 * gives undefined then; `finally` cleans up. The manager also goes into
 * {@link AsyncExitStack.enterAsyncContext}, and `open()` makes a resource of it.
 *
 * @throws {@link RuntimeError} when it is used, if the generator does not yield exactly once
 *
 * @example
 * ```ts
 * const events: string[] = []
 * const transaction = asynccontextmanager(async function* (name: string) {
 *   events.push(`begin ${name}`)
 *   try {
 *     yield name.length
 *     events.push('commit')
 *   } catch (error) {
 *     events.push('roll back')
 *     throw error
 *   }
 * })
 * await run(transaction('abc').run(async (length) => length)) // => 3
 * events // => ['begin abc', 'commit']
 * ```
 */
export function asynccontextmanager<A extends unknown[], Y>(
  fn: (...args: A) => AsyncGenerator<Y, unknown, never> | Generator<Y, unknown, never>,
): (...args: A) => GeneratorContextManager<Exclude<Y, Suspension>> {
  const call = asyncGenerator(fn as (...args: A) => AsyncGenerator<Exclude<Y, Suspension>>)
  const made = function (this: unknown, ...args: A) {
    return new GeneratorContextManager(call.apply(this, args))
  }
  Object.defineProperty(made, 'name', { value: fn.name })
  return made
}
