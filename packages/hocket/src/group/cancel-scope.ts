import { callBody } from '../coroutine/call-body.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { isCancelledError, RuntimeError } from '../errors/errors.ts'
import { ExceptionGroup } from '../errors/exception-group.ts'
import { Cancellation } from '../future/cancellation.ts'
import type { NativeTask } from '../future/reaction.ts'
import { findCancellation, Scope } from '../future/scope.ts'
import type { Suspension } from '../future/suspension.ts'
import { checkCallback, checkTime, describe, showAsText } from '../loop/checks.ts'
import { currentStrand, getRunningLoop } from '../loop/running.ts'
import { Alarm, type Ringing } from './alarm.ts'
import type { ScopeBody } from './body.ts'

export interface CancelScopeOptions {
  /** When the scope cancels itself, in ms of `loop.time()`; Infinity, for never, when left out. */
  deadline?: number
  /** Keeps out cancellations from around the scope until it is left; false when left out. */
  shield?: boolean
  /** Cancels the scope when it aborts, with its reason. */
  signal?: AbortSignal
}

/**
 * A body that can be cancelled for good: once it is, every suspension inside throws a CancelledError
 * until the body is left, also where code swallows the first ones. Where the error arrives at the
 * scope, the body is over, and gives undefined. trio.CancelScope, Trio 0.34.
 *
 * It reaches what is awaited inside, and the tasks of groups that were opened inside; what has
 * completed already is given to who waited for it. A scope around it that is cancelled too has the
 * last word, and so has `Task.cancel()`. It costs nothing while nobody cancels it.
 */
export class CancelScope implements Ringing {
  declare private readonly _scope: Scope
  declare private readonly _signalIn: AbortSignal | undefined
  declare private _state: 'created' | 'active' | 'finished'
  declare private _delay: number | undefined
  declare private _alarm: Alarm | null
  declare private _requests: number
  declare private _isCaught: boolean

  /** @throws {@link RangeError} if the deadline is NaN */
  constructor(options: CancelScopeOptions = {}) {
    const { deadline = Infinity, shield = false, signal } = options
    checkTime(deadline, 'a CancelScope', 'a deadline')
    checkSignal(signal)
    this._scope = new Scope(true)
    this._scope.setShield(shield)
    this._signalIn = signal
    this._state = 'created'
    this._scope.deadline = deadline
    this._delay = undefined
    this._alarm = null
    this._requests = 0
    this._isCaught = false
  }

  /** @internal Due `delay` ms from when it is entered. */
  static _after(delay: number, options: CancelScopeOptions | undefined): CancelScope {
    const made = new CancelScope(options)
    made._delay = delay
    return made
  }

  /**
   * Runs `body(this)` and gives its result, undefined if the scope has cut it short.
   *
   * @throws {@link RuntimeError} if the scope was used before
   */
  run<T>(body: ScopeBody<CancelScope, T>): Coroutine<T | undefined> {
    checkCallback(body, 'CancelScope.run')
    return runScope(this, body as never) as Coroutine<T | undefined>
  }

  /** Cancels what is inside, for good. Before the start it takes effect at the first suspension. */
  cancel(reason?: unknown): void {
    const scope = this._scope
    if (scope.cancellation !== null || this._state === 'finished') return
    const cancellation = new Cancellation(reason)
    scope.cancellation = cancellation
    this._alarm?.cancel()
    if (this._state === 'active') scope.strand._deliverLevel(cancellation, scope)
  }

  /** When it cancels itself, in ms of `loop.time()`; may be moved at any time. Infinity is never. */
  get deadline(): number {
    return this._scope.deadline
  }

  set deadline(deadline: number) {
    checkTime(deadline, 'CancelScope.deadline', 'a deadline')
    this._delay = undefined
    this._scope.deadline = deadline
    if (this._state === 'active') this._setAlarm()
  }

  /** Keeps out what comes from around it; may be changed at any time. */
  get shield(): boolean {
    return this._scope.isShield()
  }

  set shield(isShield: boolean) {
    this._scope.setShield(isShield)
  }

  /** `cancel` was called, or the deadline has passed. */
  get cancelCalled(): boolean {
    return this._scope.cancellation !== null
  }

  /** It has cut its body short. */
  get cancelledCaught(): boolean {
    return this._isCaught
  }

  /** Aborts with the scope, with what is around it, and with the task. */
  get signal(): AbortSignal {
    return this._scope.signal
  }

  toString(): string {
    return `<CancelScope ${this._state}${this.cancelCalled ? ' cancelled' : ''}>`
  }

  /** @internal */
  _begin(): Suspension {
    if (this._state !== 'created') {
      throw new RuntimeError(`${this} has been entered already: a CancelScope is good for one body`)
    }
    return this._scope
  }

  /** @internal */
  _enter(): void {
    const { strand } = this._scope
    this._state = 'active'
    this._requests = strand._cancelling()
    if (this._delay !== undefined) this._scope.deadline = strand._loop.time() + this._delay
    this._setAlarm()
    if (this._signalIn?.aborted === true) this.cancel(this._signalIn.reason)
    else this._signalIn?.addEventListener('abort', this)
  }

  /** @internal The signal that was given has aborted. */
  handleEvent(): void {
    this.cancel(this._signalIn?.reason)
  }

  /** @internal */
  _ring(): void {
    this.cancel('the deadline of the scope has passed')
  }

  /** @internal The body has ended. */
  _leave(): void {
    this._state = 'finished'
    this._alarm?.cancel()
    this._signalIn?.removeEventListener('abort', this)
    this._scope.leave()
  }

  /** @internal The body has failed: what there is to throw, undefined if it was by this scope alone. */
  _filter(error: unknown): unknown {
    const scope = this._scope
    const cancelled = scope.asCancelled(error)
    if (!this._isOwn()) return cancelled ?? error
    if (cancelled !== null) {
      this._isCaught = true
      return undefined
    }
    if (!(error instanceof ExceptionGroup)) return error
    const [own, rest] = error.split(isCancelledError)
    this._isCaught = own !== null
    return rest ?? undefined
  }

  /** Nothing around it wants the body to end as well. What a shield keeps out is thrown afterwards. */
  private _isOwn(): boolean {
    const { cancellation, outer, strand } = this._scope
    if (cancellation === null) return false
    if (this.shield) return true
    return findCancellation(outer) === null && strand._cancelling() <= this._requests
  }

  private _setAlarm(): void {
    this._alarm?.cancel()
    this._alarm = null
    if (this.cancelCalled || this._scope.deadline === Infinity) return
    const { _loop: loop } = this._scope.strand
    // Nothing may run before it is noticed that there is no time at all.
    if (this._scope.deadline <= loop.time()) this._ring()
    else this._alarm = new Alarm(loop, this._scope.deadline, this._delay, this)
  }
}

showAsText(CancelScope)

const runScope = coroutine(function* cancelScope(
  scope: CancelScope,
  body: ScopeBody<CancelScope, unknown>,
): Generator<Suspension, unknown, never> {
  yield scope._begin()
  scope._enter()
  let result: unknown
  try {
    result = yield* callBody(body, undefined, scope)
  } catch (error) {
    scope._leave()
    const rest = scope._filter(error)
    if (scope.cancelledCaught && rest === undefined) return undefined
    throw rest
  }
  scope._leave()
  return result
})

/**
 * Runs `body(scope)` so that `scope.cancel()` ends it for good; see {@link CancelScope}. Gives the
 * body's result, undefined if the scope has cut it short. trio.CancelScope, as a function over a body.
 *
 * @example
 * ```ts
 * await run(async () => {
 *   const result = await cancelScope(async (scope) => {
 *     scope.cancel()
 *     await sleep(1_000)
 *     return 'not reached'
 *   })
 *   return result ?? 'cut short'
 * }) // => 'cut short'
 * ```
 */
export function cancelScope<T>(
  body: ScopeBody<CancelScope, T>,
  options?: CancelScopeOptions,
): Coroutine<T | undefined> {
  return new CancelScope(options).run(body)
}

/**
 * The nearest deadline of the scopes and timeouts around this code, in ms of `loop.time()`: Infinity without any,
 * -Infinity where one is cancelled already. trio.current_effective_deadline.
 *
 * @throws {@link RuntimeError} outside any loop
 */
export function currentEffectiveDeadline(): number {
  getRunningLoop()
  const strand = currentStrand() as NativeTask | null
  return strand === null ? Infinity : effectiveDeadline(strand._inner)
}

function effectiveDeadline(innermost: Scope | null): number {
  if (findCancellation(innermost) !== null) return -Infinity
  let nearest = Infinity
  for (let scope = innermost; scope !== null; scope = scope.outer) {
    nearest = Math.min(nearest, scope.deadline)
    if (scope.isShield()) break
  }
  return nearest
}

function checkSignal(signal: unknown): void {
  if (signal === undefined) return
  if (typeof (signal as AbortSignal | null)?.addEventListener === 'function') return
  throw new TypeError(`a CancelScope expected an AbortSignal as signal, got ${describe(signal)}`)
}
