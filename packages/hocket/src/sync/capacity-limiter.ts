import type { Coroutine } from '../coroutine/coroutine.ts'
import { Operation, type pending } from '../coroutine/operation.ts'
import { RuntimeError } from '../errors/errors.ts'
import { WouldBlock } from '../errors/primitives.ts'
import { LoopBound, Waiter, WaitList } from '../future/waiter.ts'
import { currentTask } from '../task/registry.ts'
import { Acquired, type Lender } from './acquired.ts'
import { checkLimit } from './checks.ts'

/** What `limiter.statistics()` gives. */
export interface CapacityLimiterStatistics {
  readonly borrowedTokens: number
  readonly totalTokens: number
  /** Who holds a token: a Task, or what was given to `acquireOnBehalfOf`. */
  readonly borrowers: readonly unknown[]
  readonly tasksWaiting: number
}

class Turn extends Waiter<Acquired> {
  declare readonly borrower: unknown

  constructor(limiter: CapacityLimiter, borrower: unknown) {
    super(limiter)
    this.borrower = borrower
  }
}

class Acquire extends Operation<Acquired> {
  declare private readonly _limiter: CapacityLimiter
  // What it is for, or how to find that out when it is awaited.
  declare private readonly _borrower: unknown

  constructor(limiter: CapacityLimiter, borrower: unknown) {
    super()
    this._limiter = limiter
    this._borrower = borrower
  }

  get name(): string {
    return 'CapacityLimiter.acquire'
  }

  begin(): Acquired | typeof pending {
    const limiter = this._limiter
    const borrower = this._borrower === theTask ? findTask() : this._borrower
    limiter._checkNew(borrower)
    if (limiter._hasFree()) return limiter._lend(borrower)
    const turn = new Turn(limiter, borrower)
    limiter._enqueue(turn)
    return this.waitFor(turn)
  }

  goOn(turn: Turn): Acquired {
    return turn.result()
  }

  giveUp(turn: Turn): void {
    this._limiter._abandon(turn)
  }
}

const theTask = Symbol('the current task')

function findTask(): unknown {
  const task = currentTask()
  if (task !== null) return task
  throw new RuntimeError(
    'outside any task a CapacityLimiter does not know for whom a token is: use acquireOnBehalfOfNowait(borrower)',
  )
}

/**
 * A semaphore that knows who holds its tokens, and whose size can be changed at any time.
 * trio.CapacityLimiter.
 *
 * Who waits gets a token in the order of waiting; who comes later does not overtake. A borrower
 * holds one token at most: by default it is the current task. With fewer tokens than are borrowed,
 * nothing is taken away; those released are not lent again until there is room.
 *
 * @example
 * ```ts
 * const limiter = new CapacityLimiter(1)
 * await run(async () => {
 *   await using _token = await limiter.acquire()
 *   limiter.totalTokens = 3
 *   return [limiter.borrowedTokens, limiter.availableTokens]
 * }) // => [1, 2]
 * ```
 */
export class CapacityLimiter extends LoopBound implements Lender {
  declare private _total: number
  declare private readonly _borrowers: Set<unknown>
  declare private readonly _waiters: WaitList<Acquired>
  declare private readonly _waiting: Set<unknown>

  /**
   * @throws {@link RangeError} if `totalTokens` is negative or not whole; Infinity is fine
   * @throws {@link TypeError} if it is no number
   */
  constructor(totalTokens: number) {
    super()
    checkLimit(totalTokens, 0, 'totalTokens')
    this._total = totalTokens
    this._borrowers = new Set()
    this._waiters = new WaitList()
    this._waiting = new Set()
  }

  /** May be set: with more tokens, as many of those who wait as possible get theirs. */
  get totalTokens(): number {
    return this._total
  }

  set totalTokens(total: number) {
    checkLimit(total, 0, 'totalTokens')
    this._total = total
    this._lendAll()
  }

  get borrowedTokens(): number {
    return this._borrowers.size
  }

  /** Negative if more are borrowed than there are now. */
  get availableTokens(): number {
    return this._total - this._borrowers.size
  }

  /**
   * Waits for a token for the current task; does not suspend if there is one and nobody waits. A
   * waiter that is cancelled leaves, and passes a token on that was to be its own.
   *
   * @throws {@link RuntimeError} if the task holds or awaits one already, or the limiter is bound to
   * a different event loop
   */
  acquire(): Coroutine<Acquired> {
    return new Acquire(this, theTask)
  }

  /**
   * Takes a token for the current task if that is possible at once.
   *
   * @throws {@link WouldBlock} if there is none, or others come first
   * @throws {@link RuntimeError} if the task holds or awaits one already
   */
  acquireNowait(): Acquired {
    return this.acquireOnBehalfOfNowait(findTask())
  }

  /**
   * Waits for a token for `borrower`, which can be anything; compared as by a Map.
   *
   * @throws {@link RuntimeError} as `acquire()`
   */
  acquireOnBehalfOf(borrower: unknown): Coroutine<Acquired> {
    return new Acquire(this, borrower)
  }

  /**
   * Takes a token for `borrower` if that is possible at once.
   *
   * @throws {@link WouldBlock} if there is none, or others come first
   * @throws {@link RuntimeError} if the borrower holds or awaits one already
   */
  acquireOnBehalfOfNowait(borrower: unknown): Acquired {
    this._checkNew(borrower)
    if (!this._hasFree()) throw new WouldBlock(`${this} has no token to lend: await acquire()`)
    return this._lend(borrower)
  }

  /**
   * Gives back the token of the current task; the first who waits gets it.
   *
   * @throws {@link RuntimeError} if the task holds none
   */
  release(): void {
    this.releaseOnBehalfOf(findTask())
  }

  /**
   * Gives back the token of `borrower`.
   *
   * @throws {@link RuntimeError} if it holds none
   */
  releaseOnBehalfOf(borrower: unknown): void {
    if (!this._borrowers.delete(borrower)) {
      throw new RuntimeError(`the borrower ${show(borrower)} holds no token of ${this}`, {
        code: 'ERR_NOT_ACQUIRED',
      })
    }
    this._lendAll()
  }

  statistics(): CapacityLimiterStatistics {
    return Object.freeze({
      borrowedTokens: this.borrowedTokens,
      totalTokens: this._total,
      borrowers: Object.freeze([...this._borrowers]),
      tasksWaiting: this._waiters.countLive(),
    })
  }

  override toString(): string {
    const waiting = this._waiters.countLive()
    const lent = `${this.borrowedTokens} of ${this._total} lent`
    return `<CapacityLimiter ${lent}${waiting > 0 ? `, ${waiting} waiting` : ''}>`
  }

  /** @internal */
  _takeBack(borrower: unknown): void {
    if (this._borrowers.has(borrower)) this.releaseOnBehalfOf(borrower)
  }

  /** @internal Nobody is overtaken: where somebody waits, nothing is free. */
  _hasFree(): boolean {
    return this._borrowers.size < this._total
  }

  /** @internal */
  _lend(borrower: unknown): Acquired {
    this._borrowers.add(borrower)
    return new Acquired(this, borrower)
  }

  /** @internal */
  _enqueue(turn: Turn): void {
    this._waiters.push(turn)
    this._waiting.add(turn.borrower)
  }

  /** @internal */
  _abandon(turn: Turn): void {
    this._waiters.leave(turn)
    if (turn.isWoken()) turn.result().release()
    else this._waiting.delete(turn.borrower)
  }

  /** @internal */
  _checkNew(borrower: unknown): void {
    if (!this._borrowers.has(borrower) && !this._waiting.has(borrower)) return
    const does = this._borrowers.has(borrower) ? 'holds' : 'waits for'
    throw new RuntimeError(
      `the borrower ${show(borrower)} ${does} a token of ${this} already: use acquireOnBehalfOf() for more than one`,
      { code: 'ERR_ALREADY_BORROWED' },
    )
  }

  private _lendAll(): void {
    while (this._hasFree()) {
      const turn = this._waiters.takeNext() as Turn | null
      if (turn === null) return
      this._waiting.delete(turn.borrower)
      turn.setResult(this._lend(turn.borrower))
    }
  }
}

function show(borrower: unknown): string {
  return typeof borrower === 'object' && borrower !== null && !('toString' in borrower)
    ? 'object'
    : String(borrower)
}
