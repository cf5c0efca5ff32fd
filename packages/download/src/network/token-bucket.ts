import { type Coroutine, coroutine, type Future, getRunningLoop, type TimerHandle } from 'hocket'

interface Waiter {
  readonly bytes: number
  readonly turn: Future<void>
}

/**
 * One rate for all who read: `bytesPerSecond`, with what a tenth of a second brings as the most that
 * is saved up. First come, first served, and everybody takes a chunk at a time, so that all have
 * their share.
 *
 * Who takes more than there is goes into debt, which those behind it wait for: a chunk that is larger
 * than the bucket still gets through.
 */
export class TokenBucket {
  readonly bytesPerSecond: number
  private readonly most: number
  private tokens: number
  private filledAt: number
  private readonly waiters: Waiter[] = []
  private timer: TimerHandle | null = null

  /** @throws RangeError if the rate is not above zero */
  constructor(bytesPerSecond: number) {
    if (!(bytesPerSecond > 0)) {
      throw new RangeError(`expected a rate above 0 bytes per second, got ${bytesPerSecond}`)
    }
    this.bytesPerSecond = bytesPerSecond
    this.most = Math.max(1, bytesPerSecond / 10)
    this.tokens = this.most
    this.filledAt = getRunningLoop().time()
  }

  /** Waits until `bytes` more may have been read. */
  take(bytes: number): Coroutine<void> {
    return take(this, bytes)
  }

  /** True if nobody has to wait for that. */
  tryTake(bytes: number): boolean {
    if (this.waiters.length > 0) return false
    this.fill()
    if (this.tokens <= 0) return false
    this.tokens -= bytes
    return true
  }

  /** @internal */
  queue(bytes: number): Future<void> {
    const turn = getRunningLoop().createFuture<void>()
    this.waiters.push({ bytes, turn })
    this.serve()
    return turn
  }

  /** @internal Who gave up does not pay. */
  withdraw(turn: Future<void>): void {
    const index = this.waiters.findIndex((waiter) => waiter.turn === turn)
    if (index >= 0) this.waiters.splice(index, 1)
    this.serve()
  }

  private fill(): void {
    const now = getRunningLoop().time()
    const grown = this.tokens + ((now - this.filledAt) * this.bytesPerSecond) / 1000
    this.tokens = Math.min(this.most, grown)
    this.filledAt = now
  }

  private serve(): void {
    this.timer?.cancel()
    this.timer = null
    this.fill()
    while (this.waiters.length > 0 && this.tokens > 0) {
      const { bytes, turn } = this.waiters.shift() as Waiter
      if (turn.done()) continue
      this.tokens -= bytes
      turn.setResult(undefined)
    }
    if (this.waiters.length === 0) return
    // Up to the first whole byte: at zero nobody is let through.
    const wait = ((1 - this.tokens) * 1000) / this.bytesPerSecond
    this.timer = getRunningLoop().callLater(wait, () => this.serve())
  }
}

const take = coroutine(function* take(bucket: TokenBucket, bytes: number) {
  if (bucket.tryTake(bytes)) return
  const turn = bucket.queue(bytes)
  try {
    yield* turn
  } catch (error) {
    bucket.withdraw(turn)
    throw error
  }
})
