import type { Host, StrandStorage } from 'hocket'
import { createHost } from 'hocket/lowlevel'

const nothing = () => {}

/**
 * A host with a clock of its own, for tests: when nothing is ready and nothing foreign is under way,
 * time jumps to the next deadline. A program that sleeps for an hour takes no time, and its order
 * and its times are the same at every run. trio.testing.MockClock with autojump.
 *
 * Foreign work is what the loop knows of: promises given to `ensureFuture`, `abortable` or
 * `abandonable`, and a step of an async function that ended in an await of something that is not
 * Hocket's. While any is under way, time stands still. Everything but time is the host below.
 *
 * @example
 * ```ts
 * const host = new VirtualHost()
 * await run(async () => await sleep(3_600_000), { loopFactory: () => new EventLoop({ host }) })
 * host.now() // => 3600000
 * ```
 */
export class VirtualHost implements Host {
  readonly strands: StrandStorage | null
  readonly onSignal?: (listener: (signal: string) => void) => () => void
  readonly raise?: (signal: string) => void
  readonly #base: Host
  #now: number

  /** `start` is the first `now()` in ms; `base` is what calls the loop, the platform's own when left out. */
  constructor(options: { start?: number; base?: Host } = {}) {
    this.#base = options.base ?? createHost()
    this.#now = options.start ?? 0
    this.strands = this.#base.strands
    const below = this.#base
    if ('onSignal' in below) this.onSignal = (listener) => below.onSignal?.(listener) ?? nothing
    if ('raise' in below) this.raise = (signal) => below.raise?.(signal)
  }

  now(): number {
    return this.#now
  }

  advance(when: number): void {
    if (when > this.#now) this.#now = when
  }

  requestTurn(turn: () => void): void {
    this.#base.requestTurn(turn)
  }

  /** Time does not pass by itself: the loop calls `advance` when it has nothing else to do. */
  wait(): void {}

  cancelWait(): void {}

  afterMicrotasks(callback: () => void): void {
    this.#base.afterMicrotasks(callback)
  }

  onIdle(idle: () => void): () => void {
    return this.#base.onIdle(idle)
  }
}
