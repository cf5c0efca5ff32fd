import type { Coroutine } from '../coroutine/coroutine.ts'
import { Operation, type pending } from '../coroutine/operation.ts'
import { RuntimeError } from '../errors/errors.ts'
import { WouldBlock } from '../errors/primitives.ts'
import { LoopBound, Waiter, WaitList } from '../future/waiter.ts'
import { currentTask } from '../task/registry.ts'
import type { Task } from '../task/task.ts'
import { Acquired, type Lender } from './acquired.ts'

/** What `lock.statistics()` gives. */
export interface LockStatistics {
  readonly locked: boolean
  /** The task that has acquired it; null outside any task. */
  readonly owner: Task<unknown> | null
  readonly tasksWaiting: number
}

class Acquire extends Operation<Acquired> {
  declare private readonly _lock: Lock

  constructor(lock: Lock) {
    super()
    this._lock = lock
  }

  get name(): string {
    return 'Lock.acquire'
  }

  begin(): Acquired | typeof pending {
    const lock = this._lock
    if (lock._isFree()) return lock._take()
    const waiter = new Waiter(lock)
    lock._waiters.push(waiter)
    return this.waitFor(waiter)
  }

  goOn(waiter: Waiter): Acquired {
    this._lock._waiters.leave(waiter)
    return this._lock._take()
  }

  giveUp(waiter: Waiter): void {
    const lock = this._lock
    lock._waiters.leave(waiter)
    // The release may have woken this one.
    if (!lock.locked()) lock._wakeFirst()
  }
}

/**
 * A lock that one task at a time holds. asyncio.Lock, CPython 3.13.
 *
 * It is fair: who waits gets it in the order of waiting, and who comes later does not overtake, not
 * even between `release()` and the step of the one who was woken. It is not reentrant, and not owned:
 * any task may release it.
 *
 * @example
 * ```ts
 * const lock = new Lock()
 * const log: string[] = []
 * const work = coroutine(async (name: string) => {
 *   await using _held = await lock.acquire()
 *   log.push(`${name} begins`)
 *   await sleep(1)
 *   log.push(`${name} ends`)
 * })
 * await run(async () => {
 *   const tasks = ['a', 'b'].map((name) => createTask(work(name)))
 *   for (const task of tasks) await task
 * })
 * log // => ['a begins', 'a ends', 'b begins', 'b ends']
 * ```
 */
export class Lock extends LoopBound implements Lender {
  /** @internal */ declare readonly _waiters: WaitList
  declare private _isLocked: boolean
  /** @internal */ declare _owner: Task<unknown> | null

  constructor() {
    super()
    this._waiters = new WaitList()
    this._isLocked = false
    this._owner = null
  }

  locked(): boolean {
    return this._isLocked
  }

  /**
   * Waits until the lock is free, and takes it. Without anybody before it, it does not suspend. A
   * waiter that is cancelled leaves the queue, and passes a wake-up on.
   *
   * @throws {@link RuntimeError} if it has to wait and the lock is bound to a different event loop
   */
  acquire(): Coroutine<Acquired> {
    return new Acquire(this)
  }

  /**
   * Takes the lock if that is possible at once.
   *
   * @throws {@link WouldBlock} if it is held or somebody waits for it
   */
  acquireNowait(): Acquired {
    if (!this._isFree()) throw new WouldBlock(`${this} is not free: await acquire()`)
    return this._take()
  }

  /**
   * Frees the lock and wakes the first who waits, who takes it in the next iteration.
   *
   * @throws {@link RuntimeError} if nobody holds it
   */
  release(): void {
    if (!this._isLocked) {
      throw new RuntimeError(`${this} is not acquired, so it cannot be released`, {
        code: 'ERR_NOT_ACQUIRED',
      })
    }
    this._isLocked = false
    this._owner = null
    this._wakeFirst()
  }

  statistics(): LockStatistics {
    return Object.freeze({
      locked: this.locked(),
      owner: this._owner,
      tasksWaiting: this._waiters.countLive(),
    })
  }

  override toString(): string {
    const waiting = this._waiters.countLive()
    return `<Lock ${this.locked() ? 'locked' : 'unlocked'}${waiting > 0 ? `, ${waiting} waiting` : ''}>`
  }

  /** @internal */
  _isFree(): boolean {
    return !this._isLocked && !this._waiters.hasLive()
  }

  /** @internal */
  _take(): Acquired {
    this._isLocked = true
    this._owner = currentTask()
    return new Acquired(this, this._owner)
  }

  /** @internal Somebody else may have the lock by now; it is not this guard's to release. */
  _takeBack(owner: unknown): void {
    if (this._isLocked && this._owner === owner) this.release()
  }

  /** @internal Only the very first: if it is cancelled, it does this again when it goes on. */
  _wakeFirst(): void {
    const waiter = this._waiters.first
    if (waiter !== null && !waiter.done()) waiter.setResult(undefined)
  }
}
