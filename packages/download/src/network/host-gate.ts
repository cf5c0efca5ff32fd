import { type Coroutine, coroutine, type Future, getRunningLoop, type TimerHandle } from 'hocket'

/** A place at a host. Leave it once. */
export interface Slot {
  /** When it was taken, in ms of `loop.time()`. */
  readonly since: number
}

/** Told when a gate closes for a while, or lets more or fewer in. */
export interface GateListener {
  paused(host: string, ms: number, reason: string): void
  limited(host: string, limit: number): void
}

/**
 * How many downloads may be at one host. First come, first served.
 *
 * It begins with all it may have. At a sign of overload (429, 503, a timeout) it halves, once for all
 * that had begun before; each success adds its share of one more, so that a full round adds one: AIMD,
 * as in TCP. A pause holds everybody who has not begun, of whatever file.
 */
export class HostGate {
  readonly host: string
  private readonly most: number
  private readonly isAdaptive: boolean
  private readonly listener: GateListener | null
  private readonly waiters: Future<void>[] = []
  private exact: number
  private active = 0
  private closedUntil = 0
  private halvedAt = Number.NEGATIVE_INFINITY
  private timer: TimerHandle | null = null

  constructor(
    host: string,
    most: number,
    options: { adaptive?: boolean; listener?: GateListener } = {},
  ) {
    this.host = host
    this.most = most
    this.exact = most
    this.isAdaptive = options.adaptive ?? true
    this.listener = options.listener ?? null
  }

  /** How many it lets in now. */
  get limit(): number {
    return Math.floor(this.exact)
  }

  get inside(): number {
    return this.active
  }

  /** For how many more ms nobody is let in. */
  pausedFor(): number {
    return Math.max(0, this.closedUntil - getRunningLoop().time())
  }

  /** A place now, or null if others come first or the gate is closed. */
  tryEnter(): Slot | null {
    return this.waiters.length === 0 && this.isOpen() ? this.take() : null
  }

  /** Waits for a place. Who is cancelled leaves the queue, and gives back a place it had been given. */
  enter(): Coroutine<Slot> {
    return enter(this)
  }

  leave(_slot: Slot): void {
    this.active -= 1
    this.wake()
  }

  /** It went well: the gate may widen. */
  succeeded(): void {
    if (!this.isAdaptive || this.exact >= this.most) return
    const before = this.limit
    this.exact = Math.min(this.most, this.exact + 1 / this.exact)
    if (this.limit > before) this.listener?.limited(this.host, this.limit)
    this.wake()
  }

  /** The host says, or shows, that it has too much to do; `slot` is the place that saw it. */
  overloaded(slot: Slot): void {
    if (!this.isAdaptive || slot.since < this.halvedAt) return
    this.halvedAt = getRunningLoop().time()
    const before = this.limit
    this.exact = Math.max(1, this.exact / 2)
    if (this.limit < before) this.listener?.limited(this.host, this.limit)
  }

  /** Lets nobody in for `ms`, or for longer if that was said before. */
  pause(ms: number, reason: string): void {
    const now = getRunningLoop().time()
    const until = now + ms
    if (until <= this.closedUntil) return
    // All who are inside may hear the same within a moment; that is told once.
    const isNews = until - Math.max(now, this.closedUntil) > ms / 10
    this.closedUntil = until
    this.timer?.cancel()
    this.timer = getRunningLoop().callAt(until, () => {
      this.timer = null
      this.wake()
    })
    if (isNews) this.listener?.paused(this.host, ms, reason)
  }

  /** Forgets its timer: nobody waits any more. */
  close(): void {
    this.timer?.cancel()
    this.timer = null
  }

  /** @internal */
  queue(): Future<void> {
    const turn = getRunningLoop().createFuture<void>()
    this.waiters.push(turn)
    return turn
  }

  /** @internal */
  withdraw(turn: Future<void>): void {
    const index = this.waiters.indexOf(turn)
    if (index >= 0) void this.waiters.splice(index, 1)
    // Its place was kept for it when it was woken.
    else if (!turn.cancelled()) this.active -= 1
    this.wake()
  }

  /** @internal */
  slot(): Slot {
    return { since: getRunningLoop().time() }
  }

  private take(): Slot {
    this.active += 1
    return this.slot()
  }

  private isOpen(): boolean {
    return this.active < this.limit && getRunningLoop().time() >= this.closedUntil
  }

  private wake(): void {
    while (this.waiters.length > 0 && this.isOpen()) {
      const turn = this.waiters.shift() as Future<void>
      if (turn.done()) continue
      this.active += 1
      turn.setResult(undefined)
    }
  }
}

const enter = coroutine(function* enter(gate: HostGate) {
  const slot = gate.tryEnter()
  if (slot !== null) return slot
  const turn = gate.queue()
  try {
    yield* turn
  } catch (error) {
    gate.withdraw(turn)
    throw error
  }
  return gate.slot()
})
