import type { NativeTask, OnFulfilled, OnRejected } from '../future/reaction.ts'
import { FRAME, type Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import { parts } from '../loop/parts.ts'
import { awaitingStrand } from '../loop/running.ts'
import { isGenerator } from './awaitable.ts'
import { Coroutine } from './coroutine.ts'
import { BareFrame, type Body, callFrame, type Frame, kNotBegun, kTaken } from './frame.ts'
import { GeneratorStrand } from './generator-strand.ts'
import { checkPromise, NativeCall } from './native-call.ts'
import { addToStack } from './stack-trace.ts'

const kCoroutineFunction = Symbol('hocket.coroutineFunction')
const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor
const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () {}).constructor

/**
 * A call of a generator function. The generator is made at once, and nothing of its body has run. Once
 * it is awaited it is its own frame: the root frame of a task is no object more to make and to keep.
 */
export class GeneratorCoroutine<T> extends Coroutine<T> implements Frame {
  /** @internal */ declare body: Body
  declare readonly name: string
  /** @internal */ declare caller: Frame | null
  /** @internal */ declare pending: unknown
  /** @internal */ declare resources: Frame['resources']
  /** @internal */ declare next: typeof callFrame<T>

  static {
    GeneratorCoroutine.prototype.next = callFrame
  }

  constructor(body: Body, name: string) {
    super()
    this.body = body
    this.name = name
    this.caller = null
    this.pending = kNotBegun
    this.resources = null
  }

  /** @internal For the driver it is a frame while it is being handed over; else, a forgotten star. */
  get _kind(): typeof FRAME | undefined {
    return this._hasBegun && this.pending !== kTaken ? FRAME : undefined
  }

  /** @internal */
  _iterate(): Iterator<Suspension, T, unknown> {
    return this
  }

  /** @internal */
  throw(error: unknown): never {
    throw error
  }

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = T, R2 = never>(
    onFulfilled?: OnFulfilled<T, R1>,
    onRejected?: OnRejected<R2>,
  ): PromiseLike<R1 | R2> {
    const task = awaitingStrand() as NativeTask | null
    if (task === null) return awaitOutside(this, onFulfilled, onRejected)
    this._begin()
    return new GeneratorStrand(task, this, onFulfilled as never, onRejected) as PromiseLike<never>
  }
}

const none: unknown[] = []

/** A call of an async function, or of another function that gives a promise or a generator. */
export class NativeCoroutine<T> extends Coroutine<T> {
  declare readonly name: string
  declare private readonly _fn: (...args: never[]) => unknown
  declare private _self: unknown
  declare private _args: unknown[]

  constructor(fn: (...args: never[]) => unknown, self: unknown, args: unknown[], name: string) {
    super()
    this.name = name
    this._fn = fn
    this._self = self
    this._args = args
  }

  /** @internal Calls the function; what it was given is its own from then on. */
  _call(): unknown {
    const { _self: self, _args: args } = this
    this._self = undefined
    this._args = none
    return this._fn.apply(self, args as never[])
  }

  /** @internal */
  _iterate(): Iterator<Suspension, T, unknown> {
    return new NativeCall(this) as Iterator<Suspension, unknown, unknown> as never
  }

  // biome-ignore lint/suspicious/noThenProperty: an awaitable is what this is
  then<R1 = T, R2 = never>(
    onFulfilled?: OnFulfilled<T, R1>,
    onRejected?: OnRejected<R2>,
  ): PromiseLike<R1 | R2> {
    const task = awaitingStrand() as NativeTask | null
    if (task === null) return awaitOutside(this, onFulfilled, onRejected)
    this._begin()
    const result = this._call()
    if (isGenerator(result)) {
      const frame = new BareFrame(result, this.name)
      return new GeneratorStrand(
        task,
        frame,
        onFulfilled as never,
        onRejected,
      ) as PromiseLike<never>
    }
    const entered = task._enterCall(this.name)
    return checkPromise(result, this.name).then(
      (value) => {
        task._leaveCall(entered)
        return typeof onFulfilled === 'function' ? onFulfilled(value as T) : (value as R1)
      },
      (error) => {
        task._leaveCall(entered)
        addToStack(error, this.name)
        if (typeof onRejected === 'function') return onRejected(error)
        throw error
      },
    )
  }
}

function awaitOutside<T, R1, R2>(
  coroutine: Coroutine<T>,
  onFulfilled: OnFulfilled<T, R1>,
  onRejected: OnRejected<R2>,
): PromiseLike<R1 | R2> {
  return parts.ensureFuture(coroutine, getEventLoop()).then(onFulfilled, onRejected)
}

/**
 * Makes a coroutine function of `fn`, an async function or a generator function: calling it runs
 * nothing and gives a {@link Coroutine}. asyncio's `async def`.
 *
 * Both spellings mean the same and can await each other. A generator function is faster, and every
 * step of it is the loop's; in an async function, cancellation reaches what is Hocket's, and
 * foreign promises through `abortable`, `abandonable` and `currentSignal`.
 *
 * @throws {@link TypeError} if `fn` is not a function
 *
 * @example
 * ```ts
 * const double = coroutine(async (x: number) => {
 *   await sleep(1)
 *   return 2 * x
 * })
 * const quadruple = coroutine(function* (x: number) {
 *   return yield* double(yield* double(x))
 * })
 * await run(quadruple(3)) // => 12
 * ```
 */
export function coroutine<A extends unknown[], T>(
  fn: (...args: A) => Generator<Suspension, T, never> | PromiseLike<T>,
): (...args: A) => Coroutine<T> {
  if (typeof fn !== 'function' || fn instanceof AsyncGeneratorFunction) {
    throw new TypeError(
      `coroutine() expected an async function or a generator function, got ${describe(fn)}`,
    )
  }
  const name = fn.name || '<anonymous>'
  const made =
    fn instanceof GeneratorFunction
      ? function (this: unknown, ...args: A): Coroutine<T> {
          return new GeneratorCoroutine<T>(fn.apply(this, args) as Body, name)
        }
      : function (this: unknown, ...args: A): Coroutine<T> {
          return new NativeCoroutine<T>(fn as (...args: never[]) => unknown, this, args, name)
        }
  Object.defineProperty(made, 'name', { value: fn.name })
  Object.defineProperty(made, kCoroutineFunction, { value: true })
  return made
}

/** True for what `coroutine(fn)` gives. asyncio.iscoroutinefunction. */
export function isCoroutineFunction(
  value: unknown,
): value is (...args: never[]) => Coroutine<unknown> {
  return typeof value === 'function' && kCoroutineFunction in value
}
