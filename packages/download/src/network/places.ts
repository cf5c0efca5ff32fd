import { type Acquired, type Coroutine, coroutine, Semaphore } from 'hocket'
import { type GateListener, HostGate, type Slot } from './host-gate.ts'

export interface PlaceLimits {
  /** Connections in all. */
  readonly concurrency: number
  /** Connections to one host. */
  readonly perHost: number
  /** Fewer where a host is overloaded. */
  readonly adaptive: boolean
}

/** Where downloads wait for their turn: the gates of all hosts, and one limit over them. */
export class Places {
  private readonly limits: PlaceLimits
  private readonly listener: GateListener | undefined
  private readonly gates: Map<string, HostGate> = new Map()
  /** @internal */
  readonly total: Semaphore

  constructor(limits: PlaceLimits, listener?: GateListener) {
    this.limits = limits
    this.listener = listener
    this.total = new Semaphore(limits.concurrency)
  }

  gateOf(host: string): HostGate {
    let gate = this.gates.get(host)
    if (gate === undefined) {
      const { perHost, adaptive } = this.limits
      const listener = this.listener === undefined ? {} : { listener: this.listener }
      gate = new HostGate(host, perHost, { adaptive, ...listener })
      this.gates.set(host, gate)
    }
    return gate
  }

  /** Waits for the host first: who holds one of all places can use it. */
  enter(host: string): Coroutine<Place> {
    return enter(this, this.gateOf(host))
  }

  /** A place now, if nobody has to wait for one; else null. */
  tryEnter(host: string): Place | null {
    if (this.total.locked()) return null
    const gate = this.gateOf(host)
    const slot = gate.tryEnter()
    return slot === null ? null : new Place(gate, slot, this.total.acquireNowait())
  }

  close(): void {
    for (const gate of this.gates.values()) gate.close()
  }
}

/** One connection that may be made. */
export class Place {
  readonly gate: HostGate
  readonly slot: Slot
  private readonly acquired: Acquired
  private isLeft = false

  constructor(gate: HostGate, slot: Slot, acquired: Acquired) {
    this.gate = gate
    this.slot = slot
    this.acquired = acquired
  }

  /** Leaving twice does nothing. */
  leave(): void {
    if (this.isLeft) return
    this.isLeft = true
    this.acquired[Symbol.dispose]()
    this.gate.leave(this.slot)
  }
}

const enter = coroutine(function* enter(places: Places, gate: HostGate) {
  const slot = yield* gate.enter()
  try {
    return new Place(gate, slot, yield* places.total.acquire())
  } catch (error) {
    gate.leave(slot)
    throw error
  }
})
