import { type Context, copyContext, enterContext } from '../context/context-var.ts'
import type { EventLoop } from './event-loop.ts'
import type { AsyncScope } from './host.ts'
import { setStrand } from './running.ts'

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
export class Handle implements Runnable {
  /** @internal */ readonly _loop: EventLoop
  /** @internal */ _callback: ((...args: never[]) => unknown) | null
  /** @internal */ _args: unknown[]
  /** @internal */ readonly _context: Context
  /** @internal */ readonly _scope: AsyncScope | null
  /** @internal */ readonly _source: string | undefined

  /** @internal */
  constructor(
    loop: EventLoop,
    callback: (...args: never[]) => unknown,
    args: unknown[],
    context: Context | null,
  ) {
    this._loop = loop
    this._callback = callback
    this._args = args
    this._context = context ?? copyContext()
    this._scope = loop.host.strands?.capture() ?? null
    this._source = loop.getDebug() ? new Error('created').stack : undefined
  }

  /** The callback will not be called. A second call does nothing. */
  cancel(): void {
    this._callback = null
    this._args = []
  }

  cancelled(): boolean {
    return this._callback === null
  }

  getContext(): Context {
    return this._context
  }

  /** @internal */
  _run(): void {
    const callback = this._callback as ((...args: unknown[]) => unknown) | null
    if (callback === null) return
    const outer = enterContext(this._context)
    setStrand(null)
    try {
      if (this._scope === null) callback(...this._args)
      else this._scope.runInAsyncScope(callback, undefined, ...this._args)
    } catch (exception) {
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
    const source = this._source === undefined ? '' : ` ${this._source.split('\n')[4]?.trim()}`
    return `<${this.constructor.name} ${name || '<anonymous>'}${source}>`
  }
}
