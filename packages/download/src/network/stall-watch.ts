import { getRunningLoop, type TimerHandle } from 'hocket'

export interface StallLimits {
  /** Nothing came for so many ms; null for no limit. */
  readonly idle: number | null
  /** Less than so many bytes per second came, over `lowSpeedTime` ms; 0 for no limit. */
  readonly lowSpeed: number
  readonly lowSpeedTime: number
}

/**
 * Watches whether a server still sends. Only time that is spent waiting for the network counts: not
 * the disk's, not that of a rate limit. One timer serves all waits of a transfer.
 */
export class StallWatch {
  private readonly limits: StallLimits
  private readonly onStall: (message: string) => void
  private timer: TimerHandle | null = null
  private waitingSince: number | null = null
  private waited = 0
  private bytes = 0

  /** Begins when something is waited for; `onStall` is called once at most. */
  constructor(limits: StallLimits, onStall: (message: string) => void) {
    this.limits = limits
    this.onStall = onStall
    if (limits.idle !== null || limits.lowSpeed > 0) this.arm()
  }

  /** The network is asked for more. */
  waiting(): void {
    this.waitingSince = getRunningLoop().time()
  }

  /** It has given so much; or 0 at the end of a wait that brought something else. */
  received(bytes: number): void {
    if (this.waitingSince !== null) this.waited += getRunningLoop().time() - this.waitingSince
    this.waitingSince = null
    this.bytes += bytes
  }

  stop(): void {
    this.timer?.cancel()
    this.timer = null
  }

  private arm(): void {
    const { idle, lowSpeed, lowSpeedTime } = this.limits
    const spans = [idle ?? Infinity, lowSpeed > 0 ? lowSpeedTime : Infinity]
    // Seen a quarter too late at the most.
    this.timer = getRunningLoop().callLater(Math.min(...spans) / 4, () => this.look())
  }

  private look(): void {
    const message = this.complaint()
    if (message === null) this.arm()
    else {
      this.timer = null
      this.onStall(message)
    }
  }

  private complaint(): string | null {
    const { idle, lowSpeed, lowSpeedTime } = this.limits
    const pending = this.waitingSince === null ? 0 : getRunningLoop().time() - this.waitingSince
    if (idle !== null && pending >= idle) return `nothing came for ${idle} ms`
    const waited = this.waited + pending
    if (lowSpeed === 0 || waited < lowSpeedTime) return null
    const speed = (this.bytes * 1000) / waited
    this.waited = -pending
    this.bytes = 0
    if (speed >= lowSpeed) return null
    const rate = `${speed.toFixed(0)} bytes per second`
    return `expected at least ${lowSpeed} bytes per second, got ${rate} in ${lowSpeedTime} ms`
  }
}
