import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { CancelledError, RuntimeError } from '../errors/errors.ts'
import { LoopBound, Waiter, WaitList } from '../future/waiter.ts'
import { cancelScope, currentEffectiveDeadline } from '../group/cancel-scope.ts'
import type { Acquired } from './acquired.ts'
import { Lock, type LockStatistics } from './lock.ts'

/** What `condition.statistics()` gives. */
export interface ConditionStatistics {
  readonly tasksWaiting: number
  readonly lockStatistics: LockStatistics
}

const wait = coroutine(function* wait(condition: Condition) {
  condition._checkLocked('wait()')
  const waiter = new Waiter(condition)
  const owner = condition._lock._owner
  condition.release()
  try {
    condition._waiters.push(waiter)
    try {
      yield* waiter
    } finally {
      condition._waiters.leave(waiter)
      yield* reacquire(condition, owner)
    }
    return true as const
  } catch (error) {
    // It may have been notified: somebody else has to be then, and may find that it was for nothing.
    condition._notify(1)
    throw error
  }
})

/** Whoever has waited holds the lock again when it goes on, also if it is cancelled meanwhile. */
const reacquire = coroutine(function* reacquire(condition: Condition, owner: Lock['_owner']) {
  let cancelled: CancelledError | null = null
  for (;;) {
    try {
      // In a scope that is cancelled for good, every attempt would throw.
      if (currentEffectiveDeadline() === -Infinity) yield* shielded(() => condition.acquire())
      else yield* condition.acquire()
      break
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error
      cancelled = error
    }
  }
  // A guard from before the wait has to be good for the release.
  condition._lock._owner = owner
  if (cancelled !== null) throw cancelled
})

const shielded = (body: () => Coroutine<unknown>): Coroutine<unknown> =>
  cancelScope(body, { shield: true })

const waitFor = coroutine(function* waitFor<R>(condition: Condition, predicate: () => R) {
  let result = predicate()
  while (!result) {
    yield* condition.wait()
    result = predicate()
  }
  return result
})

/**
 * A lock, and a place to wait until somebody who holds it says that something has changed.
 * asyncio.Condition, CPython 3.13.
 *
 * Who is notified goes on when it has the lock again; in the order of waiting. It may also wake for
 * nothing (after a cancellation of somebody else), so look at the state again, as `waitFor` does.
 *
 * @example
 * ```ts
 * const condition = new Condition()
 * let count = 0
 * const untilThree = coroutine(async () => {
 *   await using _held = await condition.acquire()
 *   await condition.waitFor(() => count === 3)
 *   return count
 * })
 * await run(async () => {
 *   const task = createTask(untilThree())
 *   for (let i = 0; i < 3; i += 1) {
 *     await sleep(1)
 *     await using _held = await condition.acquire()
 *     count += 1
 *     condition.notifyAll()
 *   }
 *   return await task
 * }) // => 3
 * ```
 */
export class Condition extends LoopBound {
  /** @internal */ declare readonly _waiters: WaitList
  /** @internal */ declare readonly _lock: Lock

  /**
   * With `lock`, several conditions may share one.
   *
   * @throws {@link TypeError} if `lock` is not a {@link Lock}
   */
  constructor(lock: Lock = new Lock()) {
    super()
    if (!(lock instanceof Lock)) {
      throw new TypeError('the lock of a Condition must be a Lock: give none, or new Lock()')
    }
    this._waiters = new WaitList()
    this._lock = lock
  }

  /** `acquire()` of its lock. */
  acquire(): Coroutine<Acquired> {
    return this._lock.acquire()
  }

  /**
   * `acquireNowait()` of its lock.
   *
   * @throws {@link WouldBlock} if it is held or somebody waits for it
   */
  acquireNowait(): Acquired {
    return this._lock.acquireNowait()
  }

  /**
   * `release()` of its lock.
   *
   * @throws {@link RuntimeError} if nobody holds it
   */
  release(): void {
    this._lock.release()
  }

  locked(): boolean {
    return this._lock.locked()
  }

  /**
   * Releases the lock, waits until it is notified, and acquires the lock again. Also a task that is
   * cancelled has the lock again before the CancelledError is thrown; a notification that it can't
   * use goes to another.
   *
   * @throws {@link RuntimeError} if the lock is not acquired, or the condition is bound to a different
   * event loop
   */
  wait(): Coroutine<true> {
    return wait(this)
  }

  /**
   * Waits, as often as it takes, until `predicate()` is truthy, and gives what it gave. Does not
   * suspend if it is so from the beginning.
   *
   * @throws {@link RuntimeError} as `wait()`
   */
  waitFor<R>(predicate: () => R): Coroutine<R> {
    return waitFor(this, predicate) as Coroutine<R>
  }

  /**
   * Wakes the first `n` who wait. They go on one after the other, when the lock is released.
   *
   * @throws {@link RuntimeError} if the lock is not acquired
   * @throws {@link TypeError} if `n` is no number
   */
  notify(n = 1): void {
    this._checkLocked('notify()')
    if (typeof n !== 'number') {
      throw new TypeError(`notify() expected how many to wake as a number, got ${String(n)}`)
    }
    this._notify(n)
  }

  /**
   * Wakes all who wait.
   *
   * @throws {@link RuntimeError} if the lock is not acquired
   */
  notifyAll(): void {
    this.notify(Infinity)
  }

  statistics(): ConditionStatistics {
    return Object.freeze({
      tasksWaiting: this._waiters.countLive(),
      lockStatistics: this._lock.statistics(),
    })
  }

  override toString(): string {
    const waiting = this._waiters.countLive()
    const state = this.locked() ? 'locked' : 'unlocked'
    return `<Condition ${state}${waiting > 0 ? `, ${waiting} waiting` : ''}>`
  }

  /** @internal */
  _notify(n: number): void {
    for (let left = n; left > 0 && this._waiters.wakeNext(undefined); left -= 1);
  }

  /** @internal */
  _checkLocked(method: string): void {
    if (this.locked()) return
    throw new RuntimeError(`${method} of a Condition needs its lock: acquire() it first`, {
      code: 'ERR_NOT_ACQUIRED',
    })
  }
}
