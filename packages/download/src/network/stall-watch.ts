import { getRunningLoop, type TimerHandle } from 'hocket'

export interface StallLimits {
  /** Nothing came for so many ms; null for no limit. */
  readonly idle: number | null
  /** Less than so many bytes per second came, over `lowSpeedTime` ms; 0 for no limit. */
  readonly lowSpeed: number
  readonly lowSpeedTime: number
}

/** Looks at all transfers of a run from time to time: one timer serves them all. */
export class StallClock {
  readonly limits: StallLimits
  private readonly watches: Set<StallWatch> = new Set()
  // A stall is seen a quarter of its limit too late at the most.
  private readonly interval: number
  private timer: TimerHandle | null = null

  constructor(limits: StallLimits) {
    this.limits = limits
    const { idle, lowSpeed, lowSpeedTime } = limits
    this.interval = Math.min(idle ?? Infinity, lowSpeed > 0 ? lowSpeedTime : Infinity) / 4
  }

  /** Begins to watch; `onStall` is called once at most. Stop it in any case. */
  watch(onStall: (message: string) => void): StallWatch {
    const watch = new StallWatch(this, onStall)
    if (this.interval !== Infinity) {
      this.watches.add(watch)
      if (this.timer === null) this.arm()
    }
    return watch
  }

  /** @internal */
  forget(watch: StallWatch): void {
    this.watches.delete(watch)
  }

  close(): void {
    this.timer?.cancel()
    this.timer = null
  }

  private arm(): void {
    this.timer = getRunningLoop().callLater(this.interval, () => {
      this.timer = null
      for (const watch of this.watches) watch.look()
      if (this.watches.size > 0) this.arm()
    })
  }
}

/**
 * Watches whether a server still sends. Only time that is spent waiting for the network counts: not
 * the disk's, not that of a rate limit.
 */
export class StallWatch {
  private readonly clock: StallClock
  private readonly onStall: (message: string) => void
  private waitingSince: number | null = null
  private waited = 0
  private bytes = 0

  constructor(clock: StallClock, onStall: (message: string) => void) {
    this.clock = clock
    this.onStall = onStall
  }

  /** The network is asked for more. */
  waiting(): void {
    this.waitingSince = getRunningLoop().time()
  }

  /** It has given so much. */
  received(bytes: number): void {
    if (this.waitingSince !== null) this.waited += getRunningLoop().time() - this.waitingSince
    this.waitingSince = null
    this.bytes += bytes
  }

  stop(): void {
    this.clock.forget(this)
  }

  /** @internal */
  look(): void {
    const message = this.complaint()
    if (message === null) return
    this.stop()
    this.onStall(message)
  }

  private complaint(): string | null {
    const { idle, lowSpeed, lowSpeedTime } = this.clock.limits
    const pending = this.waitingSince === null ? 0 : getRunningLoop().time() - this.waitingSince
    if (idle !== null && pending >= idle) return `nothing came for ${idle} ms`
    const waited = this.waited + pending
    if (lowSpeed === 0 || waited < lowSpeedTime) return null
    const speed = (this.bytes * 1000) / waited
    // A wait that goes on is counted from here.
    this.waited = -pending
    this.bytes = 0
    if (speed >= lowSpeed) return null
    const rate = `${speed.toFixed(0)} bytes per second`
    return `expected at least ${lowSpeed} bytes per second, got ${rate} in ${lowSpeedTime} ms`
  }
}
