import type { Host, StrandStorage } from 'hocket'
import { createHost } from 'hocket/lowlevel'

/** For programs that need nothing of the platform: a clock, and nothing else. */
export class BareHost implements Host {
  readonly strands: StrandStorage | null = null
  #now = 0

  now(): number {
    return this.#now
  }

  advance(when: number): void {
    if (when > this.#now) this.#now = when
  }

  requestTurn(): void {}
  wait(): void {}
  cancelWait(): void {}
  afterMicrotasks(): void {}

  onIdle(): () => void {
    return () => {}
  }
}

// How many turns in a row may come without the platform polling I/O.
const MOST_QUICK_TURNS = 32
const settled = Promise.resolve()
let base: Host | null = null
let quickTurns = 0

/** A virtual clock whose turns come as soon as the microtasks have run dry. */
export class QuickHost implements Host {
  readonly strands: StrandStorage | null
  readonly #base: Host
  #now = 0

  constructor() {
    base ??= createHost()
    this.#base = base
    this.strands = base.strands
  }

  now(): number {
    return this.#now
  }

  advance(when: number): void {
    if (when > this.#now) this.#now = when
  }

  requestTurn(turn: () => void): void {
    quickTurns += 1
    if (quickTurns % MOST_QUICK_TURNS === 0) {
      this.#base.requestTurn(turn)
      return
    }
    // From a microtask: what a callback after the microtasks asks for would run before them.
    void settled.then(() => this.#base.afterMicrotasks(turn))
  }

  wait(): void {}
  cancelWait(): void {}

  afterMicrotasks(callback: () => void): void {
    this.#base.afterMicrotasks(callback)
  }

  onIdle(idle: () => void): () => void {
    return this.#base.onIdle(idle)
  }
}
