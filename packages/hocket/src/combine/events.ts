import { Deque } from '../base/deque.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { isCancelledError } from '../errors/errors.ts'
import { QueueFull } from '../errors/primitives.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { type EventSource, Subscription } from './subscription.ts'

export interface OnceOptions {
  /** Aborting it makes the future fail with the signal's reason. */
  signal?: AbortSignal
}

export interface OnOptions extends OnceOptions {
  /**
   * How many events may wait to be taken; without a bound when left out. A target that has `pause()`
   * and `resume()` is paused meanwhile; with any other, one event more ends the iterator by a QueueFull.
   */
  maxsize?: number
  /** Names of events that end the iterator. */
  close?: readonly string[]
}

/** The future of `once`. */
class EventFuture<A extends unknown[]> extends Future<A> {
  readonly #name: string | symbol
  #subscription: Subscription | null

  constructor(target: EventSource, name: string | symbol, options: OnceOptions) {
    super({ loop: getEventLoop() })
    this.#name = name
    this.#subscription = new Subscription(target, options.signal, {
      fail: (error) => this.#settle(() => this._reject(error)),
    })
    // An aborted signal has settled this already.
    if (!this.done()) {
      this.#subscription.listen(name, (...args) => this.#settle(() => this._resolve(args as A)))
    } else {
      this.#close()
    }
  }

  override cancel(reason?: unknown): boolean {
    this.#close()
    return super.cancel(reason)
  }

  /** @internal */
  override _describeSubject(): string {
    return `the event ${String(this.#name)}`
  }

  #settle(settle: () => void): void {
    this.#close()
    // A closed loop resumes nobody, and whoever emits the event is not to blame.
    if (!this.done() && !this._loop.isClosed()) settle()
  }

  #close(): void {
    this.#subscription?.close()
    this.#subscription = null
  }
}

/**
 * The next event `name` of an EventEmitter or EventTarget, from now on: its arguments as an array. For
 * an EventTarget that is `[event]`. node:events.once, as a Future.
 *
 * Cancelling it, or the task that awaits it, removes the listener. An `'error'` event of an emitter
 * is what it fails with, unless that is the event asked for. It is no foreign promise: a virtual clock
 * goes on.
 *
 * @throws {@link TypeError} if `target` is neither
 *
 * @example
 * ```ts
 * const type = await run(async () => {
 *   const target = new EventTarget()
 *   getRunningLoop().callLater(5, () => target.dispatchEvent(new CustomEvent('open')))
 *   const [event] = await once<[CustomEvent]>(target, 'open')
 *   return event.type
 * })
 * type // => 'open'
 * ```
 */
export function once<A extends unknown[] = unknown[]>(
  target: EventSource,
  name: string | symbol,
  options: OnceOptions = {},
): Future<A> {
  return new EventFuture<A>(target, name, options)
}

/**
 * The events `name` of an EventEmitter or EventTarget, from now on: an async iterator of their
 * arguments (`[event]` for an EventTarget). They are queued while nobody takes them.
 * node:events.on; its `next()` gives coroutines, for `for await` and for `yield* events.next()`.
 *
 * It ends, and its listeners are removed: by leaving the loop or `return()`, which drop what is queued;
 * by an event of `close`, an `'error'` event of an emitter or the signal, once what is queued has been
 * taken; and by cancelling a `next()` that waits, as cancelling an async generator ends it.
 *
 * @throws {@link TypeError} if `target` is neither
 * @throws {@link RangeError} if `maxsize` is below 1
 *
 * @example
 * ```ts
 * const seen = await run(async () => {
 *   const target = new EventTarget()
 *   const ticks = on<[CustomEvent]>(target, 'tick', { close: ['end'] })
 *   for (const type of ['tick', 'tick', 'end']) target.dispatchEvent(new CustomEvent(type))
 *   const seen: string[] = []
 *   for await (const [event] of ticks) seen.push(event.type)
 *   return seen
 * })
 * seen // => ['tick', 'tick']
 * ```
 */
export function on<A extends unknown[] = unknown[]>(
  target: EventSource,
  name: string | symbol,
  options: OnOptions = {},
): EventIterator<A> {
  return new EventIterator<A>(target, name, options)
}

/** What `on` gives. */
export class EventIterator<A extends unknown[]> {
  readonly #loop: EventLoop = getEventLoop()
  readonly #maxsize: number
  readonly #target: EventSource
  readonly #subscription: Subscription
  readonly #queued: Deque<A> = new Deque()
  readonly #waiters: Deque<Future<void>> = new Deque()
  #isEnded = false
  #isPaused = false
  /** What the next `next()` throws when the queue is empty; once. */
  #failure: { error: unknown } | null = null

  /** @internal */
  constructor(target: EventSource, name: string | symbol, options: OnOptions) {
    const { maxsize = Infinity, signal, close = [] } = options
    if (!(maxsize >= 1)) throw new RangeError(`on expected a maxsize of at least 1, got ${maxsize}`)
    this.#maxsize = maxsize
    this.#target = target
    this.#subscription = new Subscription(target, signal, { fail: (error) => this.#fail(error) })
    if (this.#isEnded) return
    this.#subscription.listen(name, (...args) => this.#push(args as A))
    for (const end of close) this.#subscription.listen(end, () => this.#end())
  }

  /**
   * The next event's arguments, in the order of the events.
   *
   * @throws the argument of an `'error'` event, or the reason of the signal
   */
  next(): Coroutine<IteratorResult<A, undefined>> {
    return next(this as EventIterator<unknown[]>) as Coroutine<IteratorResult<A, undefined>>
  }

  /** Ends it and drops what is queued. */
  return(): Future<IteratorResult<A, undefined>> {
    this.#drop()
    const result = new Future<IteratorResult<A, undefined>>({ loop: this.#loop })
    result.setResult({ done: true, value: undefined })
    return result
  }

  /** Ends it as `return()` does, and fails with `error`. */
  throw(error: unknown): Future<IteratorResult<A, undefined>> {
    this.#drop()
    const result = new Future<IteratorResult<A, undefined>>({ loop: this.#loop })
    result.setException(error)
    return result
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  [Symbol.dispose](): void {
    this.#drop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#drop()
  }

  /** @internal */
  *_next(): Generator<Suspension, IteratorResult<A, undefined>, unknown> {
    while (this.#queued.length === 0 && !this.#isEnded) yield* this.#wait()
    if (this.#queued.length > 0) {
      const value = this.#queued.shift()
      if (this.#queued.length === 0) this.#pause(false)
      return { done: false, value }
    }
    const failure = this.#failure
    this.#failure = null
    if (failure !== null) throw failure.error
    return { done: true, value: undefined }
  }

  *#wait(): Generator<Suspension, void, unknown> {
    const waiter = this.#loop.createFuture<void>()
    this.#waiters.push(waiter)
    try {
      yield* waiter
    } catch (error) {
      // Nobody else would ever take the listeners away: `for await` does not call return() then.
      if (isCancelledError(error)) this.#drop()
      throw error
    }
  }

  #push(args: A): void {
    if (this.#loop.isClosed()) {
      this.#drop()
      return
    }
    this.#queued.push(args)
    this.#wakeNext()
    if (this.#queued.length <= this.#maxsize || this.#isPaused) return
    if (this.#pause(true)) return
    this.#fail(
      new QueueFull(
        `on: more than ${this.#maxsize} events wait to be taken, and the target has no pause(): take them sooner, or give a higher maxsize`,
      ),
    )
  }

  /** Pauses or resumes the target; false if it can't be. */
  #pause(isPaused: boolean): boolean {
    if (this.#isPaused === isPaused) return true
    const target = this.#target as { pause?(): unknown; resume?(): unknown }
    if (typeof target.pause !== 'function' || typeof target.resume !== 'function') return false
    this.#isPaused = isPaused
    if (isPaused) target.pause()
    else target.resume()
    return true
  }

  #fail(error: unknown): void {
    if (this.#isEnded) return
    this.#failure = { error }
    this.#end()
  }

  #drop(): void {
    this.#queued.clear()
    this.#failure = null
    this.#end()
  }

  #end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#subscription?.close()
    this.#pause(false)
    while (this.#waiters.length > 0) this.#wakeNext()
  }

  #wakeNext(): void {
    while (this.#waiters.length > 0) {
      const waiter = this.#waiters.shift()
      if (waiter.done()) continue
      if (!this.#loop.isClosed()) waiter.setResult()
      return
    }
  }
}

const next = coroutine(function* nextEvent(iterator: EventIterator<unknown[]>) {
  return yield* iterator._next()
})
