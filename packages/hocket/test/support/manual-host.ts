import type { Host } from 'hocket'

/**
 * A host whose clock and turns are moved by the test alone. For programs of callbacks and generators:
 * nothing of it happens by itself.
 */
export class ManualHost implements Host {
  readonly strands = null
  /** What `now()` says, in ms. */
  time = 0
  /** The deadline the loop waits for; null while it does not wait. */
  waitsFor: number | null = null
  #alarm: (() => void) | null = null
  readonly #turns: (() => void)[] = []
  #idle: (() => void) | null = null

  now(): number {
    return this.time
  }

  requestTurn(turn: () => void): void {
    this.#turns.push(turn)
  }

  wait(when: number, turn: () => void): void {
    this.waitsFor = when
    this.#alarm = turn
  }

  cancelWait(): void {
    this.waitsFor = null
    this.#alarm = null
  }

  afterMicrotasks(callback: () => void): void {
    setImmediate(callback)
  }

  onIdle(idle: () => void): () => void {
    this.#idle = idle
    return () => {
      this.#idle = null
    }
  }

  /** How many turns the loop has asked for and not got yet. */
  get requested(): number {
    return this.#turns.length
  }

  /** Gives the loop the turns that it has asked for so far. */
  turn(): void {
    for (const turn of this.#turns.splice(0)) turn()
  }

  /** Ends the loop's wait, on time or not. */
  alarm(): void {
    const alarm = this.#alarm
    this.cancelWait()
    alarm?.()
  }

  /** Tells the loop that nothing is open that could ever call in. */
  idle(): void {
    this.#idle?.()
  }
}
