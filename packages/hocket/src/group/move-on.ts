import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { TimeoutError } from '../errors/errors.ts'
import type { Suspension } from '../future/suspension.ts'
import { checkCallback, checkTime } from '../loop/checks.ts'
import type { ScopeBody } from './body.ts'
import { CancelScope, type CancelScopeOptions } from './cancel-scope.ts'

/** What a scope can be told beside its deadline. */
export type MoveOnOptions = Omit<CancelScopeOptions, 'deadline'>

/**
 * Runs `body(scope)` for at most `delay` ms and moves on: gives its result, or undefined if the time
 * was over (`scope.cancelledCaught` tells them apart). Unlike `timeout`, it ends a body that swallows
 * the CancelledError too. trio.move_on_after; see {@link CancelScope}.
 *
 * @throws {@link RangeError} if `delay` is NaN or negative
 *
 * @example
 * ```ts
 * await run(async () => (await moveOnAfter(10, async () => await sleep(60_000, 'slow'))) ?? 'too late') // => 'too late'
 * ```
 */
export function moveOnAfter<T>(
  delay: number,
  body: ScopeBody<CancelScope, T>,
  options?: MoveOnOptions,
): Coroutine<T | undefined> {
  checkDelay(delay, 'moveOnAfter')
  return CancelScope._after(delay, options).run(body)
}

/** The same with a deadline in ms of `loop.time()`. trio.move_on_at. */
export function moveOnAt<T>(
  deadline: number,
  body: ScopeBody<CancelScope, T>,
  options?: MoveOnOptions,
): Coroutine<T | undefined> {
  return new CancelScope({ ...options, deadline }).run(body)
}

/**
 * Runs `body(scope)` for at most `delay` ms and gives its result. trio.fail_after; see
 * {@link CancelScope}.
 *
 * @throws {@link TimeoutError} if the scope has cut the body short: the time was over, or somebody
 * has cancelled it
 * @throws {@link RangeError} if `delay` is NaN or negative
 */
export function failAfter<T>(
  delay: number,
  body: ScopeBody<CancelScope, T>,
  options?: MoveOnOptions,
): Coroutine<T> {
  checkDelay(delay, 'failAfter')
  checkCallback(body, 'failAfter')
  return fail(CancelScope._after(delay, options), body) as Coroutine<T>
}

/**
 * The same with a deadline in ms of `loop.time()`. trio.fail_at.
 *
 * @throws {@link TimeoutError} if the scope has cut the body short
 * @throws {@link RangeError} if `deadline` is NaN
 */
export function failAt<T>(
  deadline: number,
  body: ScopeBody<CancelScope, T>,
  options?: MoveOnOptions,
): Coroutine<T> {
  checkCallback(body, 'failAt')
  return fail(new CancelScope({ ...options, deadline }), body) as Coroutine<T>
}

const fail = coroutine(function* failAfter(
  scope: CancelScope,
  body: ScopeBody<CancelScope, unknown>,
): Generator<Suspension, unknown, never> {
  const result = yield* scope.run(body)
  if (scope.cancelledCaught)
    throw new TimeoutError('it was cut short: its time was over, or its scope was cancelled')
  return result
})

function checkDelay(delay: number, method: string): void {
  checkTime(delay, method, 'a delay')
  if (delay < 0) throw new RangeError(`${method} expected a delay of 0 ms or more, got ${delay}`)
}
