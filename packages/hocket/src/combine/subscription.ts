import { describe } from '../loop/checks.ts'

// Nothing else fits the listeners of every emitter, of which each has types of its own.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Listener = (...args: any[]) => void

/** Node's EventEmitter, as far as it is needed. */
export interface EmitterLike {
  on(name: string | symbol, listener: Listener): unknown
  removeListener(name: string | symbol, listener: Listener): unknown
}

/** The platform's EventTarget, as far as it is needed. */
export interface EventTargetLike {
  addEventListener(name: string, listener: Listener): void
  removeEventListener(name: string, listener: Listener): void
}

/** Where events come from. What is both is taken for an emitter, as by Node. */
export type EventSource = EmitterLike | EventTargetLike

/** The listeners that belong together: at a target, and at a signal. */
export class Subscription {
  readonly #target: EventSource
  readonly #fail: (error: unknown) => void
  readonly #removals: (() => void)[] = []
  #isWatched = false

  constructor(
    target: EventSource,
    signal: AbortSignal | undefined,
    options: { fail: (error: unknown) => void },
  ) {
    this.#target = checkSource(target)
    this.#fail = options.fail
    if (signal !== undefined) this.#follow(signal)
  }

  listen(name: string | symbol, listener: (...args: unknown[]) => void): void {
    const target = this.#target
    if (isEmitter(target)) {
      target.on(name, listener)
      this.#removals.push(() => target.removeListener(name, listener))
      // Nobody is to miss an error of the emitter, which would end the process.
      if (name !== 'error' && !this.#isWatched) {
        this.#isWatched = true
        this.listen('error', this.#fail)
      }
    } else {
      target.addEventListener(name as string, listener)
      this.#removals.push(() => target.removeEventListener(name as string, listener))
    }
  }

  close(): void {
    for (const remove of this.#removals.splice(0)) remove()
  }

  #follow(signal: AbortSignal): void {
    if (signal.aborted) {
      this.#fail(signal.reason)
      return
    }
    const abort = () => this.#fail(signal.reason)
    signal.addEventListener('abort', abort)
    this.#removals.push(() => signal.removeEventListener('abort', abort))
  }
}

function isEmitter(source: EventSource): source is EmitterLike {
  return typeof (source as EmitterLike).on === 'function'
}

function checkSource(source: unknown): EventSource {
  const given = source as Partial<EmitterLike & EventTargetLike> | null | undefined
  if (typeof given?.on === 'function' && typeof given.removeListener === 'function') {
    return given as EmitterLike
  }
  if (typeof given?.addEventListener === 'function') return given as EventTargetLike
  throw new TypeError(`expected an EventEmitter or an EventTarget, got ${describe(source)}`)
}
