import {
  type Context,
  type ContextHolder,
  contextOf,
  currentValues,
  enterContext,
  type Values,
  valuesOf,
} from '../context/context-var.ts'
import { KeyboardInterrupt } from '../errors/errors.ts'
import { classNameOf } from './checks.ts'
import type { EventLoop } from './event-loop.ts'
import type { AsyncScope } from './host.ts'
import { creationLineOf, noteCreation } from './origin.ts'
import { setStrand } from './running.ts'

const none: unknown[] = []

/** A member of the ready queue. `_run` never throws. */
export interface Runnable {
  readonly _loop: EventLoop
  _run(): void
  toString(): string
}

/**
 * A callback that a loop will call once. asyncio.Handle, CPython 3.13.
 *
 * It runs in a copy of the Context (and with the AsyncLocalStorage values) of the place that asked for it.
 */
export class Handle implements Runnable, ContextHolder {
  /** @internal */ declare readonly _loop: EventLoop
  /** @internal */ declare _callback: ((...args: never[]) => unknown) | null
  declare private _args: unknown[]
  declare private _held: Context | Values
  declare private readonly _scope: AsyncScope | null

  /** @internal */
  constructor(
    loop: EventLoop,
    callback: (...args: never[]) => unknown,
    args: unknown[],
    context: Context | null,
  ) {
    this._loop = loop
    this._callback = callback
    // An array of its own for nobody's arguments would live as long as a timer waits.
    this._args = args.length === 0 ? none : args
    this._held = context ?? currentValues()
    this._scope = loop.host.strands === null ? null : loop.host.strands.capture()
    if (loop._slow !== null) noteCreation(this)
  }

  /** The callback will not be called. A second call does nothing. */
  cancel(): void {
    this._callback = null
    this._args = none
  }

  cancelled(): boolean {
    return this._callback === null
  }

  getContext(): Context {
    return this._context
  }

  /** @internal */
  get _context(): Context {
    const context = contextOf(this._held)
    this._held = context
    return context
  }

  /** @internal */
  get _contextValues(): Values {
    return valuesOf(this._held)
  }

  /** @internal */
  _run(): void {
    const callback = this._callback as ((...args: unknown[]) => unknown) | null
    if (callback === null) return
    const outer = enterContext(this)
    setStrand(null)
    try {
      if (this._scope === null && this._args.length === 0) callback()
      else if (this._scope === null) callback(...this._args)
      else this._scope.runInAsyncScope(callback, undefined, ...this._args)
    } catch (exception) {
      // As in asyncio, it leaves the loop, whoever throws it.
      if (exception instanceof KeyboardInterrupt) this._loop._abort(exception)
      else
        this._loop.callExceptionHandler({
          message: `exception in the callback ${this}`,
          exception,
          handle: this,
        })
    } finally {
      enterContext(outer)
    }
  }

  toString(): string {
    const { name } = this._callback ?? { name: 'cancelled' }
    const source = creationLineOf(this)
    return `<${classNameOf(this)} ${[name || '<anonymous>', source].join(' ').trim()}>`
  }
}
