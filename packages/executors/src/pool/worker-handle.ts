import { decodeError } from '../wire/errors.ts'
import {
  CANCELLED,
  ERROR,
  FIRST_REPLY,
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
import type { Call, CallOwner } from './call.ts'
import type { Employer } from './employer.ts'
import { Interruptions } from './interruptions.ts'
import type { Death, Link } from './link.ts'
import { Outbox } from './outbox.ts'

/** How much work, in ms, a worker is handed in advance: enough that it never waits for the next turn. */
const AHEAD_MS = 1

/** One worker of a pool: what it was given, what it has begun, and how it is told and ended. */
export class WorkerHandle implements CallOwner {
  readonly link: Link
  readonly #employer: Employer
  readonly #outbox: Outbox
  // By slot: null where it is free, undefined where its call was taken back and the worker has not seen it.
  readonly #calls: (Call<unknown> | null | undefined)[] = []
  readonly #free: number[] = []
  readonly #knows: boolean[] = []
  readonly #interruptions: Interruptions
  isReady = false
  isRetiring = false
  isDead = false
  /** Calls that it has, begun or not. */
  count = 0
  /** Calls that it was ever given. */
  given = 0
  #load = 0
  #fatal: unknown = undefined
  /** It has calls in advance and has not answered for a while. */
  #isStalled = false
  #hasAnswered = true

  constructor(link: Link, employer: Employer) {
    this.link = link
    this.#employer = employer
    const medium = link.isShared ? 'thread' : 'process'
    this.#outbox = new Outbox(link, medium, (call, problem) => {
      if (call.done()) return
      call.setException(problem)
      employer._settled()
    })
    this.#interruptions = new Interruptions(
      employer.graceMs,
      (call) => this._hasBegun(call),
      () => this.kill(),
    )
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
    this.count += 1
    this.given += 1
    call._owner = this
    call._slot = slot
    call._number = this.given
    call._load = fn.duration < AHEAD_MS ? fn.duration : AHEAD_MS
    this.#load += call._load
    this.#calls[slot] = call
    Atomics.store(this.link.slots, FIRST_SLOT + slot, OFFERED)
    if (this.#knows[fn.id] !== true) {
      this.#knows[fn.id] = true
      this.#outbox.order(['function', fn.id, fn.reference])
    }
    this.#outbox.add(call, this.count === 1)
  }

  order(order: Order, transferList?: readonly object[]): void {
    this.#outbox.order(order, transferList)
  }

  flush(): void {
    this.#outbox.flush()
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
    if (!this.link.isShared) return []
    const taken = this.#unsettled().filter(
      (call) => call._transferList.length === 0 && this.#takeBack(call),
    )
    for (const call of taken) {
      this.#calls[call._slot] = undefined
      this.#load -= call._load
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
    return this.#mayHaveBegun(call, this.#unsettled().indexOf(call))
  }

  /** @internal */
  _revoke(call: Call<unknown>): boolean {
    if (!this.#takeBack(call)) return false
    this.#employer._settled()
    return true
  }

  /** @internal */
  _interrupt(call: Call<unknown>): boolean {
    if (this.isDead || this.#interruptions.has(call)) return !this.isDead
    this.link.setInterrupted(call._slot, true)
    this.#outbox.order(['interrupt', call._slot])
    this.#interruptions.begin(call)
    return true
  }

  /** @internal */
  _block(call: Call<unknown>, timeout: number | null): void {
    this.#employer._block(call, timeout)
  }

  /** From a thread that has not begun it, or before a process has been sent it. */
  #takeBack(call: Call<unknown>): boolean {
    if (!this.link.isShared) return this.#outbox.retract(call)
    const place = FIRST_SLOT + call._slot
    return Atomics.compareExchange(this.link.slots, place, OFFERED, REVOKED) === OFFERED
  }

  /**
   * `place` is that among the calls that are not settled. A process does not note calls that it begins
   * when it has answered for all others: among the first ones there may always be such calls.
   */
  #mayHaveBegun(call: Call<unknown>, place: number): boolean {
    if (this.link.hasBegun(call._slot, call._number)) return true
    return !this.link.isShared && place < this.#employer.callsAtOnce
  }

  /** In the order in which they were given. */
  #unsettled(): Call<unknown>[] {
    const calls = this.#calls.filter((call): call is Call<unknown> => call?.done() === false)
    return calls.sort((one, other) => one._number - other._number)
  }

  #receive(message: Replies): void {
    // Taking a list apart by a pattern is slow until it is compiled, and here each call comes by.
    const durations = message[0]
    const news = message[1]
    this.#hasAnswered = true
    this.#isStalled = false
    if (durations !== null) this.#employer.functions.learn(durations)
    // What is told of a call comes before its result.
    if (news !== null) this.#hear(news)
    for (let index = FIRST_REPLY; index < message.length; index += REPLY_STRIDE) {
      const call = this.#release(message[index] as number)
      if (call === null || call.done()) continue
      const value = message[index + 2]
      switch (message[index + 1]) {
        case RESULT:
          call.setResult(value)
          break
        case ERROR:
          call._fn.noteFailure()
          call.setException(decodeError(value as never, call._trace?.stack))
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
    if (this.#interruptions.end(call)) this.link.setInterrupted(slot, false)
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
    this.#outbox.close()
    this.#interruptions.clear()
    const { killedFor } = this.#interruptions
    if (killedFor !== null && !killedFor.done()) {
      killedFor._setCancelled()
      this.#employer._settled()
    }
    const begun: Call<unknown>[] = []
    const waiting: Call<unknown>[] = []
    for (const [place, call] of this.#unsettled().entries()) {
      const isGone = call._transferList.length > 0 || this.#mayHaveBegun(call, place)
      ;(isGone ? begun : waiting).push(call)
    }
    const cause = this.#fatal ?? death.cause
    this.#employer._hasDied(this, {
      death: cause === undefined ? death : { text: death.text, cause },
      begun,
      waiting,
    })
  }
}
