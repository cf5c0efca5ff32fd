import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'
import { type Awaitable, isAwaitable, iterate } from './awaitable.ts'
import { callBody } from './call-body.ts'
import {
  AbstractAsyncContextManager,
  type AsyncContextManager,
  type ContextBody,
} from './context-manager.ts'
import type { Coroutine } from './coroutine.ts'
import { coroutine } from './coroutine-function.ts'
import { both, chain } from './error-chain.ts'
import { callInCurrent } from './native-call.ts'
import { disposeOf } from './resources.ts'

/** Is told how the block ended. What is truthy swallows the error, what it throws takes its place. */
export type ExitCallback = (error: unknown, hasFailed: boolean) => unknown

/** What `enterAsyncContext` and `pushAsyncExit` take besides context managers. */
export type Resource = AsyncDisposable | Disposable

interface Exit {
  readonly call: ExitCallback
  readonly isSync: boolean
  /** It is told of the error, and what it throws or gives says what becomes of that. */
  readonly isTold: boolean
}

/**
 * Resources and callbacks that are made up as a program goes on, to be left in the reverse order, each
 * awaited, whatever becomes of the others and also when the task is cancelled. contextlib's
 * AsyncExitStack, CPython 3.13.
 *
 * `run(body)`, or {@link exitStack}, leaves it after the body and tells the exits of its error.
 * `await using` and `use()` close it, too, but are not told of an error.
 *
 * What an exit throws that was told of an error replaces it and keeps it as the last of its causes.
 * Where a callback or a resource fails, which is not told, the outcome is a SuppressedError with both.
 * The exits after it are told of the outcome so far.
 *
 * @example
 * ```ts
 * const events: string[] = []
 * const stack = new AsyncExitStack()
 * await run(
 *   stack.run(async () => {
 *     stack.callback(() => events.push('first in, last out'))
 *     stack.pushAsyncCallback(async () => void events.push('last in, first out'))
 *     stack.push((error) => error instanceof RangeError) // swallows it
 *     throw new RangeError('full')
 *   }),
 * ) // => undefined
 * events // => ['last in, first out', 'first in, last out']
 * ```
 */
export class AsyncExitStack
  extends AbstractAsyncContextManager<AsyncExitStack>
  implements AsyncDisposable
{
  #exits: Exit[] = []

  /**
   * Keeps a resource with `Symbol.dispose`, and gives it back.
   *
   * @throws {@link TypeError} if it has none
   */
  enterContext<R extends Disposable>(resource: R): R {
    const dispose = (resource as Partial<Disposable> | null)?.[Symbol.dispose]
    if (typeof dispose !== 'function') {
      throw new TypeError(
        `enterContext() expected a resource with Symbol.dispose, got ${describe(resource)}: what has to be awaited goes to enterAsyncContext()`,
      )
    }
    this.#exits.push({ call: () => dispose.call(resource), isSync: true, isTold: false })
    return resource
  }

  /**
   * Enters a context manager and gives its value, or waits for a resource with `Symbol.asyncDispose` or
   * `Symbol.dispose` and gives that. Nothing can come between getting it and keeping it.
   *
   * @throws {@link TypeError} if it is neither
   */
  enterAsyncContext<V>(manager: AsyncContextManager<V>): Coroutine<V>
  enterAsyncContext<R extends Resource>(resource: R | Awaitable<R>): Coroutine<R>
  enterAsyncContext(given: unknown): Coroutine<unknown> {
    return enter(given, this.#exits)
  }

  /** Leaves by `exit(error, hasFailed)`, which may swallow or replace the error; gives it back. */
  push<E extends ExitCallback>(exit: E): E {
    this.#exits.push({ call: checkFunction(exit, 'push'), isSync: true, isTold: true })
    return exit
  }

  /**
   * As `push`, and waits for what `exit` gives; a context manager, which must have been entered, or a
   * resource is left at the end, too.
   */
  pushAsyncExit<E extends ExitCallback | AsyncContextManager<unknown> | Resource>(exit: E): E {
    const isPlain = typeof exit === 'function' && !isManager(exit)
    this.#exits.push(isPlain ? told(exit) : exitOf(exit, 'pushAsyncExit'))
    return exit
  }

  /** Calls `callback(...args)` at the end; gives it back. It is not told of an error. */
  callback<A extends unknown[], F extends (...args: A) => unknown>(callback: F, ...args: A): F {
    checkFunction(callback, 'callback')
    this.#exits.push({ call: () => callback(...args), isSync: true, isTold: false })
    return callback
  }

  /** As `callback`, and waits for what it gives. */
  pushAsyncCallback<A extends unknown[], F extends (...args: A) => Awaitable<unknown>>(
    callback: F,
    ...args: A
  ): F {
    checkFunction(callback, 'pushAsyncCallback')
    this.#exits.push({ call: () => callback(...args), isSync: false, isTold: false })
    return callback
  }

  /** Moves everything to a new stack: nothing of it is left with this one. */
  popAll(): AsyncExitStack {
    const other = new AsyncExitStack()
    other.#exits = this.#exits
    this.#exits = []
    return other
  }

  /** Leaves everything, without an error. */
  aclose(): Coroutine<void> {
    return unwind(this.#exits, undefined, false) as Coroutine<unknown> as Coroutine<void>
  }

  aenter(): this {
    return this
  }

  /** Leaves everything; true if the error was swallowed. */
  aexit(error: unknown, hasFailed: boolean): Coroutine<boolean> {
    return unwind(this.#exits, error, hasFailed)
  }

  [Symbol.asyncDispose](): Coroutine<void> {
    return this.aclose()
  }
}

/**
 * Runs `body(stack)` with a new {@link AsyncExitStack}, and leaves all that was entered in it when it
 * has ended, in whatever way. Gives the result of the body, or undefined if its error was swallowed.
 *
 * @example
 * ```ts
 * const open = (name: string) => ({ name, [Symbol.asyncDispose]: async () => {} })
 * const main = exitStack(function* (stack) {
 *   const files: { name: string }[] = []
 *   for (const name of ['a', 'b']) files.push(yield* stack.enterAsyncContext(open(name)))
 *   return files.length // both are closed when this ends, b before a
 * })
 * await run(main) // => 2
 * ```
 */
export function exitStack<R>(body: ContextBody<AsyncExitStack, R>): Coroutine<R | undefined> {
  return new AsyncExitStack().run(body)
}

const enter = coroutine(function* enterAsyncContext(
  given: unknown,
  exits: Exit[],
): Generator<Suspension, unknown, never> {
  const entered = isAwaitable(given) ? yield* iterate(given) : given
  const exit = exitOf(entered, 'enterAsyncContext')
  const value = isManager(entered) ? yield* callBody(() => entered.aenter(), 'aenter') : entered
  exits.push(exit)
  return value
})

const unwind = coroutine(function* aexit(
  exits: Exit[],
  error: unknown,
  hasFailed: boolean,
): Generator<Suspension, boolean, never> {
  let current = error
  let isFailing = hasFailed
  let isThrown = false
  let isSwallowed = false
  for (let exit = exits.pop(); exit !== undefined; exit = exits.pop()) {
    try {
      const result = yield* leave(exit, current, isFailing)
      if (!exit.isTold || !result) continue
      current = undefined
      isFailing = false
      isThrown = false
      isSwallowed = true
    } catch (thrown) {
      if (!isFailing) current = thrown
      else if (exit.isTold || thrown === current) current = chain(thrown, current)
      else current = both(thrown, current)
      isFailing = true
      isThrown = true
    }
  }
  if (isThrown) throw current
  return hasFailed && isSwallowed
})

function* leave(
  { call, isSync }: Exit,
  error: unknown,
  hasFailed: boolean,
): Generator<Suspension, unknown, unknown> {
  if (!isSync) return yield* callBody(() => call(error, hasFailed), 'aexit')
  const result = callInCurrent(() => call(error, hasFailed))
  if (isThenable(result) && !(result instanceof Future)) {
    throw new TypeError(
      `a callback of an AsyncExitStack gave ${describe(result)}, which it does not wait for: use pushAsyncExit() or pushAsyncCallback()`,
    )
  }
  return result
}

function told(exit: ExitCallback): Exit {
  return { call: exit, isSync: false, isTold: true }
}

function exitOf(entered: unknown, method: string): Exit {
  if (isManager(entered)) return told((error, hasFailed) => entered.aexit(error, hasFailed))
  const dispose = disposeOf(entered)
  if (dispose !== undefined) {
    return { call: () => dispose.call(entered), isSync: false, isTold: false }
  }
  throw new TypeError(
    `${method}() expected a context manager (aenter, aexit) or a resource with Symbol.asyncDispose or Symbol.dispose, got ${describe(entered)}`,
  )
}

function isManager(value: unknown): value is AsyncContextManager<unknown> {
  const { aenter, aexit } = (value ?? {}) as { aenter?: unknown; aexit?: unknown }
  return typeof aenter === 'function' && typeof aexit === 'function'
}

function checkFunction<F>(callback: F, method: string): F {
  if (typeof callback === 'function') return callback
  throw new TypeError(`${method}() expected a function, got ${describe(callback)}`)
}
