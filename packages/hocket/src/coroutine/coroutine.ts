import { RuntimeError } from '../errors/errors.ts'
import type { OnFulfilled, OnRejected } from '../future/reaction.ts'
import type { Suspension } from '../future/suspension.ts'
import { showAsText } from '../loop/checks.ts'
import { forget, remember } from './never-awaited.ts'

/**
 * A call that has not begun: lazy, and good for one await. What a coroutine function gives.
 *
 * It runs in the task that awaits it, by `await` or `yield*`; `createTask` runs it in a task of its
 * own; awaited outside any task, it becomes a task of the default loop. A coroutine that nobody
 * awaits is reported to the loop's exception handler.
 *
 * @throws {@link RuntimeError} if it is awaited a second time
 */
export abstract class Coroutine<T> implements PromiseLike<T> {
  // Declared and then assigned, here and in the other classes of the hot path: an initializer in the
  // class body is a call of its own, which keeps V8 from inlining the constructor.
  /** @internal */ declare _hasBegun: boolean

  constructor() {
    this._hasBegun = false
    remember(this)
  }

  /** The name of its function. */
  abstract readonly name: string;

  /** What `yield*` calls. */
  [Symbol.iterator](): Iterator<Suspension, T, unknown> {
    this._begin()
    return this._iterate()
  }

  /** @internal Its run, for a `yield*`; it counts as begun. */
  abstract _iterate(): Iterator<Suspension, T, unknown>

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  abstract then<R1 = T, R2 = never>(
    onFulfilled?: OnFulfilled<T, R1>,
    onRejected?: OnRejected<R2>,
  ): PromiseLike<R1 | R2>

  /** Gives it up: it will not run, and is not reported. Nothing happens once it has begun. */
  close(): void {
    if (this._hasBegun) return
    this._hasBegun = true
    forget(this)
  }

  toString(): string {
    return `<coroutine ${this.name}${this._hasBegun ? '' : ' not begun'}>`
  }

  /** @internal Marks it as taken, and throws if it was. */
  _begin(): void {
    if (this._hasBegun) {
      throw new RuntimeError(
        `the coroutine ${this.name} was awaited already: it is one call, good for one await. Call the function again, or share a Task (createTask)`,
        { code: 'ERR_COROUTINE_REUSED' },
      )
    }
    this._hasBegun = true
    forget(this)
  }
}

showAsText(Coroutine)

/** True for what a coroutine function gives. asyncio.iscoroutine. */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return value instanceof Coroutine
}
