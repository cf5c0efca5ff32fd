import type { Host, StrandStorage } from '../host.ts'

// Longer delays overflow setTimeout and fire at once.
const LONGEST_WAIT_MS = 2 ** 31 - 1

/** What is used of a MessagePort; the platforms' types for it differ. */
interface Port {
  onmessage: (() => void) | null
  postMessage(message: unknown): void
  ref?(): void
  unref?(): void
}

/**
 * Stands on what browsers and web workers have: a MessageChannel for turns, setTimeout for
 * deadlines.
 *
 * There is no AsyncLocalStorage there. While a step of an async function runs, up to its next await
 * of something of Hocket's, the loop knows whose step it is; what lies behind an await of a
 * *foreign* promise is outside any task: `currentTask()` is null there, and a cancellation does not
 * reach it. Await foreign promises through `abortable`, `abandonable` or `ensureFuture`, or write
 * generator coroutines: then the task is never lost.
 *
 * For the same reason async bodies of timeouts, groups and scopes that run side by side in one task
 * (under a `Promise.all`) are not told apart: one may be cancelled by the other's deadline. Generator
 * bodies, and tasks of their own, are exact.
 */
export class WebHost implements Host {
  readonly strands: StrandStorage | null = null
  #timeout: ReturnType<typeof setTimeout> | null = null
  readonly #callbacks: (() => void)[] = []
  readonly #receiver: Port
  readonly #sender: Port

  constructor() {
    const { port1, port2 } = new MessageChannel() as unknown as { port1: Port; port2: Port }
    this.#receiver = port1
    this.#sender = port2
    port1.onmessage = () => {
      this.#callbacks.shift()?.()
      this.#keepAlive()
    }
    this.#keepAlive()
  }

  now(): number {
    return performance.now()
  }

  requestTurn(turn: () => void): void {
    this.afterMicrotasks(turn)
  }

  wait(when: number, turn: () => void): void {
    this.cancelWait()
    if (when === Infinity) return
    const delay = Math.min(Math.max(0, Math.ceil(when - this.now())), LONGEST_WAIT_MS)
    this.#timeout = setTimeout(turn, delay)
  }

  cancelWait(): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout)
    this.#timeout = null
  }

  afterMicrotasks(callback: () => void): void {
    this.#callbacks.push(callback)
    this.#sender.postMessage(null)
    this.#keepAlive()
  }

  onIdle(): () => void {
    // A page can always be called by an event, so nothing is ever known to be stuck.
    return () => {}
  }

  /** On Node an open port keeps the process alive; it should only while a message is on its way. */
  #keepAlive(): void {
    if (this.#callbacks.length > 0) this.#receiver.ref?.()
    else this.#receiver.unref?.()
  }
}
