import type { Strand } from './running.ts'

/**
 * What a loop stands on: a clock, a way to be called again, and news from outside. The only place
 * where real time enters. Hosts: `NodeHost`, `WebHost`, and the virtual clock of `@hocket/testing`.
 */
export interface Host {
  /** Finds the task of native async code; null where the platform can't (browsers). */
  readonly strands: StrandStorage | null

  /** Monotonic time in ms. */
  now(): number

  /** Calls `turn` once, after I/O has been polled. */
  requestTurn(turn: () => void): void

  /**
   * Nothing is ready: calls `turn` at `when` (ms of `now()`, Infinity for never), or earlier by
   * mistake; the loop asks its clock again. A new call replaces the one before.
   */
  wait(when: number, turn: () => void): void

  /** Ends a wait, so that nothing of this loop keeps the process alive. */
  cancelWait(): void

  /** Calls `callback` once the microtask queue has run dry. */
  afterMicrotasks(callback: () => void): void

  /**
   * Calls `idle` when nothing is open that could ever call in again. Gives back how to unsubscribe.
   */
  onIdle(idle: () => void): () => void

  /** Present where time can be moved: makes `now()` at least `when`, at once. */
  advance?(when: number): void

  /** Present where the system sends signals. Not called when the program has handlers of its own. */
  onSignal?(listener: (signal: string) => void): () => void

  /** Ends the process as an unhandled `signal` would. */
  raise?(signal: string): void
}

/** Carries the task along native async code, as AsyncLocalStorage does. */
export interface StrandStorage {
  /** Calls native code as that of `strand`. */
  run(strand: Strand, start: { _call(): unknown }): unknown
  getStore(): Strand | undefined
  /**
   * What the platform carries along here (the values of every AsyncLocalStorage); null where that is
   * what the root has.
   */
  capture(): AsyncScope | null
  /** Calls `fn` in the context in which loops run. */
  runInRoot(fn: (this: unknown) => void, self: unknown): void
  /** Gives what calls `callback` one microtask later; absent where a promise does that best. */
  readonly createHop?: ((callback: () => void) => () => void) | undefined
}

/** A captured place in the flow of async calls, such as Node's AsyncResource. */
export interface AsyncScope {
  runInAsyncScope<A extends unknown[], R>(fn: (...args: A) => R, thisArg: unknown, ...args: A): R
}
