import { callBody } from '../coroutine/call-body.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { GeneratorCoroutine } from '../coroutine/coroutine-function.ts'
import type { Body } from '../coroutine/frame.ts'
import { RuntimeError, TimeoutError } from '../errors/errors.ts'
import { Cancellation } from '../future/cancellation.ts'
import { Scope } from '../future/scope.ts'
import { type Suspension, suspended } from '../future/suspension.ts'
import { checkCallback, checkTime, describe, showAsText } from '../loop/checks.ts'
import { Alarm, type Ringing } from './alarm.ts'
import type { ScopeBody } from './body.ts'

type State = 'created' | 'active' | 'expiring' | 'expired' | 'finished'

/**
 * A deadline for a body, that can be moved while the body runs. Made by `timeout` and `timeoutAt`,
 * which pass it to the body. asyncio.Timeout, CPython 3.13.
 */
export class Timeout implements Ringing {
  declare private _when: number | null
  declare private _delay: number | undefined
  declare private _state: State
  declare private _alarm: Alarm | null
  declare private readonly _scope: Scope
  // How many requests to cancel there were before: only its own becomes a TimeoutError.
  declare private _requests: number

  /**
   * `when` is in ms of `loop.time()`; null never expires.
   *
   * @throws {@link RangeError} if it is NaN
   */
  constructor(when: number | null) {
    checkWhen(when, 'a Timeout')
    this._when = when
    this._delay = undefined
    this._state = 'created'
    this._alarm = null
    this._scope = new Scope()
    this._requests = 0
  }

  /** @internal Due `delay` ms from when it is entered. */
  static _after(delay: number | null): Timeout {
    const made = new Timeout(null)
    made._delay = delay ?? undefined
    return made
  }

  /**
   * Runs `body(this)` until it ends or the deadline passes; see `timeout`.
   *
   * @throws {@link RuntimeError} if this was used before
   */
  run<T>(body: ScopeBody<Timeout, T>): Coroutine<T> {
    checkCallback(body, 'Timeout.run')
    return new GeneratorCoroutine<T>(new TimeoutBody(this, body) as unknown as Body, 'timeout')
  }

  /** The deadline in ms of `loop.time()`, null for none. */
  when(): number | null {
    return this._when
  }

  /**
   * Moves the deadline; null takes it away. One that has passed already expires in the next
   * iteration.
   *
   * @throws {@link RuntimeError} if the body is not running, or its time is over
   */
  reschedule(when: number | null): void {
    checkWhen(when, 'reschedule')
    if (this._state === 'created') {
      throw new RuntimeError('this Timeout has not been entered: run(body) enters it')
    }
    if (this._state !== 'active') {
      throw new RuntimeError(`cannot reschedule a Timeout that is ${this._state}: use a new one`)
    }
    this._when = when
    this._delay = undefined
    this._scope.deadline = when ?? Infinity
    this._alarm?.cancel()
    this._alarm = when === null ? null : new Alarm(this._scope.strand._loop, when, undefined, this)
  }

  /** The deadline has passed while the body was running. */
  expired(): boolean {
    return this._state === 'expiring' || this._state === 'expired'
  }

  toString(): string {
    return `<Timeout ${this._state}${this._when === null ? '' : ` when=${this._when}`}>`
  }

  /** @internal */
  _begin(): Suspension {
    if (this._state !== 'created') {
      throw new RuntimeError(`this Timeout is ${this._state}: use a new one for each body`)
    }
    return this._scope
  }

  /** @internal */
  _enter(): void {
    const { strand } = this._scope
    const delay = this._delay
    this._state = 'active'
    this._requests = strand._cancelling()
    if (delay !== undefined) this._when = strand._loop.time() + delay
    if (this._when === null) return
    this._scope.deadline = this._when
    this._alarm = new Alarm(strand._loop, this._when, delay, this)
  }

  /** @internal */
  _ring(): void {
    this._state = 'expiring'
    this._alarm = null
    this._scope.strand._requestInside(new Cancellation(undefined), this._scope)
  }

  /** @internal The body has ended. Gives what it has failed with, as it is seen from outside. */
  _leave(error: unknown): unknown {
    this._alarm?.cancel()
    this._alarm = null
    this._scope.leave()
    const isExpired = this._state === 'expiring'
    this._state = isExpired ? 'expired' : 'finished'
    const isOwn = isExpired && this._scope.strand._uncancel() <= this._requests
    const cancelled = this._scope.asCancelled(error)
    if (!isOwn || cancelled === null) return cancelled ?? error
    const limit = this._delay === undefined ? `by ${this._when}` : `within ${this._delay}`
    return new TimeoutError(`it did not end ${limit} ms: the time was over`, { cause: cancelled })
  }
}

showAsText(Timeout)

/**
 * What a timeout does around its body. Written by hand what would be
 * `yield scope; enter(); try { return yield* body } finally { leave() }`: a generator would be a
 * quarter of what a timeout costs.
 */
class TimeoutBody {
  declare private readonly _timeout: Timeout
  declare private readonly _body: ScopeBody<Timeout, unknown>
  declare private _hasBegun: boolean
  // The run of the body, once the scope has been entered.
  declare private _inner: Iterator<Suspension, unknown, unknown> | null

  constructor(timeout: Timeout, body: ScopeBody<Timeout, unknown>) {
    this._timeout = timeout
    this._body = body
    this._hasBegun = false
    this._inner = null
  }

  next(value: unknown): IteratorResult<Suspension, unknown> {
    if (!this._hasBegun) {
      this._hasBegun = true
      return suspended(this._timeout._begin())
    }
    if (this._inner === null) this._timeout._enter()
    let result: IteratorResult<Suspension, unknown>
    try {
      this._inner ??= callBody(this._body, undefined, this._timeout)[Symbol.iterator]()
      result = this._inner.next(value)
    } catch (error) {
      throw this._timeout._leave(error)
    }
    return this._pass(result)
  }

  throw(error: unknown): IteratorResult<Suspension, unknown> {
    // Cancelled before it has begun.
    if (this._inner === null) throw error
    let result: IteratorResult<Suspension, unknown>
    try {
      result = this._inner.throw?.(error) as IteratorResult<Suspension, unknown>
    } catch (thrown) {
      throw this._timeout._leave(thrown)
    }
    return this._pass(result)
  }

  private _pass(result: IteratorResult<Suspension, unknown>): IteratorResult<Suspension, unknown> {
    if (result.done === true) this._timeout._leave(undefined)
    return result
  }
}

/**
 * Runs `body(timeout)` and gives its result, for at most `delay` ms: then what it awaits is cancelled,
 * and where the CancelledError leaves the body it becomes a TimeoutError. A body that catches it and
 * returns has its result given. With 0 or less, the first suspension is the last; null waits for ever.
 *
 * Only what is awaited inside is cancelled, also where several timeouts stand side by side in one
 * task; of nested ones each converts its own. A cancellation from elsewhere passes as it is.
 * asyncio.timeout, CPython 3.13; a function over a body, because `await using` is not told how a
 * block ended.
 *
 * @throws {@link TimeoutError} if the time is over; its `cause` is the CancelledError
 * @throws {@link RangeError} if `delay` is NaN
 *
 * @example
 * ```ts
 * const slow = coroutine(async () => await timeout(50, async () => await sleep(1_000)))
 * await run(async () => {
 *   try {
 *     await slow()
 *   } catch (error) {
 *     return (error as Error).name
 *   }
 * }) // => 'TimeoutError'
 * ```
 */
export function timeout<T>(delay: number | null, body: ScopeBody<Timeout, T>): Coroutine<T> {
  if (delay !== null) checkTime(delay, 'timeout', 'a delay')
  return Timeout._after(delay).run(body)
}

/** The same with a deadline in ms of `loop.time()`. asyncio.timeout_at, CPython 3.13. */
export function timeoutAt<T>(when: number | null, body: ScopeBody<Timeout, T>): Coroutine<T> {
  return new Timeout(when).run(body)
}

function checkWhen(when: unknown, method: string): void {
  if (when === null) return
  if (when === undefined) {
    throw new TypeError(
      `${method} expected a time in ms or null, got ${describe(when)}: null takes the deadline away`,
    )
  }
  checkTime(when, method, 'a time')
}
