import type { Transferable } from 'node:worker_threads'
import { decodeError } from '../wire/errors.ts'
import {
  CANCELLED,
  ERROR,
  FIRST_SLOT,
  FREE,
  type News,
  OFFERED,
  type Order,
  REPLY_STRIDE,
  RESULT,
  REVOKED,
  type Replies,
  SKIPPED,
  SLOTS,
} from '../wire/messages.ts'
import { explainArguments } from '../wire/values.ts'
import type { Call, CallOwner } from './call.ts'
import type { KnownFunctions } from './known-function.ts'
import type { Death, Link } from './link.ts'

/** How much work, in ms, a worker is handed in advance: enough that it never waits for the next turn. */
const AHEAD_MS = 1
/** What is handed out is sent at once when it is this much. */
const FLUSH_AT = 128

/** What a pool wants to know of its workers. */
export interface Employer {
  readonly functions: KnownFunctions
  readonly callsAtOnce: number
  readonly prefetch: boolean
  readonly graceMs: number
  /** `call` is done. */
  _settled(): void
  /** The worker can take more. */
  _isFree(worker: WorkerHandle): void
  _isReady(worker: WorkerHandle): void
  _initializerFailed(worker: WorkerHandle, error: unknown): void
  _hasDied(
    worker: WorkerHandle,
    death: Death,
    begun: Call<unknown>[],
    waiting: Call<unknown>[],
  ): void
  _ask(worker: WorkerHandle, news: News & readonly ['ask', ...unknown[]]): void
  _block(call: Call<unknown>, timeout: number | null): void
}

/** One worker of a pool: what it was given, what it has begun, and how it is told and ended. */
export class WorkerHandle implements CallOwner {
  readonly link: Link
  readonly #employer: Employer
  // By slot: null where it is free, undefined where its call was taken back and the worker has not seen it.
  readonly #calls: (Call<unknown> | null | undefined)[] = []
  readonly #free: number[] = []
  readonly #knows: boolean[] = []
  readonly #medium: 'thread' | 'process'
  isReady = false
  isRetiring = false
  isDead = false
  /** Calls that it has, begun or not. */
  count = 0
  /** Calls that it was ever given. */
  given = 0
  #load = 0
  #outbox: unknown[] = []
  #orders: Order[] = []
  #transferList: object[] = []
  #isPlanned = false
  #fatal: unknown = undefined
  #graces = new Map<Call<unknown>, NodeJS.Timeout>()
  #killed: Call<unknown> | null = null
  /** It has calls in advance and has not answered for a while. */
  #isStalled = false
  #hasAnswered = true

  constructor(link: Link, employer: Employer) {
    this.link = link
    this.#employer = employer
    this.#medium = link.isShared ? 'thread' : 'process'
    link.onMessage = (message) => this.#receive(message)
    link.onDeath = (death) => this.#died(death)
  }

  /**
   * It may be given this call now. What is short is handed out in advance; but a call that hands
   * something over is not, since it could not be taken back.
   */
  canTake(call: Call<unknown>): boolean {
    const { count } = this
    if (!this.isReady || this.isRetiring) return false
    if (count < this.#employer.callsAtOnce) return true
    return (
      this.#employer.prefetch &&
      !this.#isStalled &&
      count < SLOTS &&
      this.#load + call._fn.duration <= AHEAD_MS &&
      call._transferList.length === 0
    )
  }

  give(call: Call<unknown>): void {
    call.setRunningOrNotifyCancel()
    const slot = this.#free.pop() ?? this.#calls.length
    const fn = call._fn
    call._owner = this
    call._slot = slot
    call._load = fn.duration < AHEAD_MS ? fn.duration : AHEAD_MS
    this.#load += call._load
    this.#calls[slot] = call
    this.count += 1
    this.given += 1
    Atomics.store(this.link.slots, FIRST_SLOT + slot, OFFERED)
    if (this.#knows[fn.id] !== true) {
      this.#knows[fn.id] = true
      this.#orders.push(['function', fn.id, fn.reference])
    }
    this.#outbox.push(slot, fn.id, call._args, call._kind)
    for (const each of call._transferList) this.#transferList.push(each)
    // An idle worker is woken at once; what else comes in this turn follows in one message.
    if (this.count === 1 || this.#outbox.length >= 4 * FLUSH_AT) this.flush()
    else this.#plan()
  }

  order(order: Order, transferList: readonly object[] = []): void {
    this.#orders.push(order)
    this.#transferList.push(...transferList)
    this.#plan()
  }

  flush(): void {
    if (this.isDead || (this.#outbox.length === 0 && this.#orders.length === 0)) return
    const outbox = this.#outbox
    const orders = this.#orders.length > 0 ? this.#orders : null
    const transferList = this.#transferList
    this.#outbox = []
    this.#orders = []
    this.#transferList = []
    try {
      this.link.post([outbox, orders], transferList)
    } catch {
      this.#postOneByOne(outbox, orders)
    }
  }

  /** It has calls that it need not have begun. */
  get hasAdvance(): boolean {
    return this.count > this.#employer.callsAtOnce
  }

  /**
   * Looks whether the worker has answered since the last look. If not, what it has in advance is stuck
   * behind a call that takes longer than such calls do: gives those that it has not begun.
   */
  takeStuck(): Call<unknown>[] {
    const isStalled = !this.#hasAnswered && this.hasAdvance
    this.#hasAnswered = false
    if (!isStalled) return []
    this.#isStalled = true
    const taken: Call<unknown>[] = []
    if (!this.link.isShared) return taken
    for (const [slot, call] of this.#calls.entries()) {
      if (call === null || call === undefined || call.done()) continue
      if (call._transferList.length > 0) continue
      const place = FIRST_SLOT + slot
      if (Atomics.compareExchange(this.link.slots, place, OFFERED, REVOKED) !== OFFERED) continue
      this.#calls[slot] = undefined
      this.#load -= call._load
      taken.push(call)
    }
    return taken
  }

  /** Takes no more calls, and ends when it has ended those that it has. */
  retire(): void {
    if (this.isRetiring || this.isDead) return
    this.isRetiring = true
    if (this.count === 0) this.link.close()
  }

  kill(): void {
    this.isRetiring = true
    this.link.kill()
  }

  /** Handles what has come, without waiting; false if nothing has. */
  receiveSync(): boolean {
    const message = this.link.receiveSync()
    if (message === undefined) return false
    this.#receive(message)
    return true
  }

  /** @internal Only calls in a queue can be dropped. */
  _dropped(): void {}

  /** @internal */
  _hasBegun(call: Call<unknown>): boolean {
    const state = Atomics.load(this.link.slots, FIRST_SLOT + call._slot)
    return !this.link.isShared || state !== OFFERED
  }

  /** @internal */
  _revoke(call: Call<unknown>): boolean {
    if (!this.link.isShared) return false
    const place = FIRST_SLOT + call._slot
    if (Atomics.compareExchange(this.link.slots, place, OFFERED, REVOKED) !== OFFERED) return false
    this.#employer._settled()
    return true
  }

  /** @internal */
  _interrupt(call: Call<unknown>): boolean {
    if (this.isDead || this.#graces.has(call)) return !this.isDead
    this.link.setInterrupted(call._slot, true)
    this.order(['interrupt', call._slot])
    const grace = setTimeout(() => {
      this.#killed = call
      this.kill()
    }, this.#employer.graceMs)
    this.#graces.set(call, grace)
    return true
  }

  /** @internal */
  _block(call: Call<unknown>, timeout: number | null): void {
    this.#employer._block(call, timeout)
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    process.nextTick(flushPlanned, this)
  }

  static flushPlanned(worker: WorkerHandle): void {
    worker.#isPlanned = false
    worker.flush()
  }

  /** Something in the message can't travel, though its parts looked so: each call by itself. */
  #postOneByOne(outbox: unknown[], orders: Order[] | null): void {
    if (orders !== null) this.link.post([[], orders], [])
    for (let index = 0; index < outbox.length; index += 4) {
      const slot = outbox[index] as number
      const call = this.#calls[slot] as Call<unknown>
      const packed = { value: call._args, transferList: call._transferList as Transferable[] }
      try {
        this.link.post([outbox.slice(index, index + 4), null], call._transferList)
      } catch (error) {
        void this.#release(slot)
        if (!call.done()) {
          call.setException(explainArguments(packed, error, this.#medium))
          this.#employer._settled()
        }
      }
    }
  }

  #receive([replies, durations, news]: Replies): void {
    this.#hasAnswered = true
    this.#isStalled = false
    if (durations !== null) {
      for (let index = 0; index < durations.length; index += 2) {
        this.#employer.functions.at(durations[index] as number).duration = durations[
          index + 1
        ] as number
      }
    }
    // What is told of a call comes before its result.
    if (news !== null) for (const each of news) this.#hear(each)
    for (let index = 0; index < replies.length; index += REPLY_STRIDE) {
      const call = this.#release(replies[index] as number)
      if (call === null || call.done()) continue
      const value = replies[index + 2]
      switch (replies[index + 1]) {
        case RESULT:
          call.setResult(value)
          break
        case ERROR:
          call.setException(decodeError(value as never, traceOf(call)))
          break
        case CANCELLED:
          call._setCancelled()
          break
        case SKIPPED:
          continue
      }
      this.#employer._settled()
    }
    if (this.isRetiring) {
      if (this.count === 0) this.link.close()
    } else this.#employer._isFree(this)
  }

  #release(slot: number): Call<unknown> | null {
    const call = this.#calls[slot]
    if (call === null) return null
    this.#calls[slot] = null
    this.#free.push(slot)
    Atomics.store(this.link.slots, FIRST_SLOT + slot, FREE)
    this.count -= 1
    if (call === undefined) return null
    this.#load = this.count === 0 ? 0 : this.#load - call._load
    if (this.#graces.has(call)) {
      clearTimeout(this.#graces.get(call))
      this.#graces.delete(call)
      this.link.setInterrupted(slot, false)
    }
    return call
  }

  #hear(news: News): void {
    switch (news[0]) {
      case 'ready':
        this.isReady = true
        this.#employer._isReady(this)
        break
      case 'initializer failed':
        this.#employer._initializerFailed(this, decodeError(news[1]))
        break
      case 'fatal':
        this.#fatal = decodeError(news[1])
        break
      case 'progress':
        this.#calls[news[1]]?._tell(news[2])
        break
      case 'ask':
        this.#employer._ask(this, news)
        break
      case 'exit':
        break
    }
  }

  #died(death: Death): void {
    this.isDead = true
    for (const timer of this.#graces.values()) clearTimeout(timer)
    this.#graces.clear()
    const begun: Call<unknown>[] = []
    const waiting: Call<unknown>[] = []
    for (const [slot, call] of this.#calls.entries()) {
      if (call === null || call === undefined || call.done()) continue
      this.#calls[slot] = null
      if (call === this.#killed) {
        call._setCancelled()
        this.#employer._settled()
      } else if (
        this.link.isShared &&
        call._transferList.length === 0 &&
        Atomics.load(this.link.slots, FIRST_SLOT + slot) === OFFERED
      ) {
        waiting.push(call)
      } else begun.push(call)
    }
    const cause = this.#fatal ?? death.cause
    this.#employer._hasDied(
      this,
      cause === undefined ? death : { text: death.text, cause },
      begun,
      waiting,
    )
  }
}

const { flushPlanned } = WorkerHandle

function traceOf(call: Call<unknown>): string | undefined {
  return call._trace?.stack
}
