import type { Coroutine } from '../coroutine/coroutine.ts'
import { Operation, type pending } from '../coroutine/operation.ts'
import { WouldBlock } from '../errors/primitives.ts'
import { LoopBound, Waiter, WaitList } from '../future/waiter.ts'
import { Acquired, type Lender } from './acquired.ts'
import { checkCount } from './checks.ts'

/** What `semaphore.statistics()` gives. */
export interface SemaphoreStatistics {
  readonly tasksWaiting: number
}

class Acquire extends Operation<Acquired> {
  declare private readonly _semaphore: Semaphore

  constructor(semaphore: Semaphore) {
    super()
    this._semaphore = semaphore
  }

  get name(): string {
    return 'Semaphore.acquire'
  }

  begin(): Acquired | typeof pending {
    const semaphore = this._semaphore
    if (!semaphore.locked()) return semaphore._take()
    const waiter = new Waiter(semaphore)
    semaphore._waiters.push(waiter)
    return this.waitFor(waiter)
  }

  goOn(): Acquired {
    return this._semaphore._arrive()
  }

  giveUp(waiter: Waiter): void {
    this._semaphore._abandon(waiter)
  }
}

/**
 * A number of units that tasks hold; who finds none waits. asyncio.Semaphore, CPython 3.13.
 *
 * It is fair: a unit that is released belongs at once to the first who waits, and who comes later
 * does not overtake. Any task may release, also what nobody has acquired: that adds a unit
 * ({@link BoundedSemaphore} does not allow it).
 *
 * @example
 * ```ts
 * const two = new Semaphore(2)
 * let atOnce = 0
 * let most = 0
 * const work = coroutine(async () => {
 *   await using _unit = await two.acquire()
 *   atOnce += 1
 *   most = Math.max(most, atOnce)
 *   await sleep(1)
 *   atOnce -= 1
 * })
 * await run(async () => {
 *   for (const task of [1, 2, 3, 4, 5].map(() => createTask(work()))) await task
 * })
 * most // => 2
 * ```
 */
export class Semaphore extends LoopBound implements Lender {
  /** @internal */ declare readonly _waiters: WaitList
  /** @internal */ declare _value: number
  // Those who were woken and have not gone on yet; their units are theirs already.
  declare private _woken: number

  /**
   * @throws {@link RangeError} if `value` is negative or not whole
   * @throws {@link TypeError} if it is no number
   */
  constructor(value = 1) {
    super()
    checkCount(value, 0, 'the value of a Semaphore')
    this._waiters = new WaitList()
    this._value = value
    this._woken = 0
  }

  /** A unit can't be had without waiting: there is none, or others come first. */
  locked(): boolean {
    return this._value === 0 || this._woken > 0 || this._waiters.hasLive()
  }

  /**
   * Waits for a unit and takes it; does not suspend if there is one and nobody waits. A waiter that
   * is cancelled leaves the queue, and gives back a unit that was to be its own.
   *
   * @throws {@link RuntimeError} if it has to wait and the semaphore is bound to a different event loop
   */
  acquire(): Coroutine<Acquired> {
    return new Acquire(this)
  }

  /**
   * Takes a unit if that is possible at once.
   *
   * @throws {@link WouldBlock} if there is none, or others come first
   */
  acquireNowait(): Acquired {
    if (this.locked()) throw new WouldBlock(`${this} has no unit to give: await acquire()`)
    return this._take()
  }

  /** Gives back a unit. It belongs to the first who waits, who goes on in the next iteration. */
  release(): void {
    this._value += 1
    this._wakeNext()
  }

  statistics(): SemaphoreStatistics {
    return Object.freeze({ tasksWaiting: this._waiters.countLive() })
  }

  override toString(): string {
    const waiting = this._waiters.countLive()
    const name = this instanceof BoundedSemaphore ? 'BoundedSemaphore' : 'Semaphore'
    return `<${name} value=${this._value}${waiting > 0 ? `, ${waiting} waiting` : ''}>`
  }

  /** @internal */
  _take(): Acquired {
    this._value -= 1
    return new Acquired(this, null)
  }

  /** @internal */
  _takeBack(): void {
    this.release()
  }

  /** @internal Who was woken goes on. */
  _arrive(): Acquired {
    this._woken -= 1
    this._wakeAll()
    return new Acquired(this, null)
  }

  /** @internal */
  _abandon(waiter: Waiter): void {
    this._waiters.leave(waiter)
    if (waiter.isWoken()) {
      this._woken -= 1
      this._value += 1
    }
    this._wakeAll()
  }

  /** Others had to queue up behind who was woken, even where units were left. */
  private _wakeAll(): void {
    while (this._value > 0 && this._wakeNext());
  }

  private _wakeNext(): boolean {
    if (!this._waiters.wakeNext(undefined)) return false
    this._value -= 1
    this._woken += 1
    return true
  }
}

/**
 * A {@link Semaphore} that can't have more units than it began with: what is released must have been
 * acquired. asyncio.BoundedSemaphore, CPython 3.13.
 *
 * @example
 * ```ts
 * new BoundedSemaphore(2).release() // => throws RangeError
 * ```
 */
export class BoundedSemaphore extends Semaphore {
  declare private readonly _bound: number

  constructor(value = 1) {
    super(value)
    this._bound = value
  }

  /** @throws {@link RangeError} if that were more units than in the beginning */
  override release(): void {
    if (this._value >= this._bound) {
      throw new RangeError(`${this} was released too many times: it began with ${this._bound}`)
    }
    super.release()
  }
}
