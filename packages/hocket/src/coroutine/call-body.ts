import { Future } from '../future/future.ts'
import { finished, type Suspension } from '../future/suspension.ts'
import { isThenable } from '../loop/checks.ts'
import { type Awaitable, isGenerator } from './awaitable.ts'
import { Coroutine } from './coroutine.ts'
import { BareFrame, type Body } from './frame.ts'
import { callInCurrent, NativeCall } from './native-call.ts'

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor

/**
 * Calls a function of the user's as code of the current task, at once, and gives what to `yield*` for
 * its result, in either spelling; a value that is no awaitable is the result. A cancellation goes on
 * to what it awaits.
 */
export function callBody<T, A = undefined>(
  fn: (argument: A) => Awaitable<T> | T,
  name?: string,
  argument?: A,
): Iterable<Suspension, T, unknown> {
  // A generator that is made runs nothing yet; other code has to know whose it is.
  if (fn instanceof GeneratorFunction) {
    return frameOf(new InPlace(fn(argument as A)), name ?? nameOf(fn))
  }
  const result = callInCurrent(() => fn(argument as A))
  if (result instanceof Coroutine || result instanceof Future) return result
  if (isGenerator(result)) return frameOf(result, name ?? nameOf(fn))
  if (!isThenable(result)) return through({ next: () => finished(result as T) })
  const call = { name: name ?? nameOf(fn), _call: () => result }
  return through(new NativeCall(call) as unknown as Running<T>)
}

// Asked for only where it is needed: the engine makes a call of its own of it.
function nameOf(fn: (...args: never[]) => unknown): string {
  return fn.name || '<anonymous>'
}

type Running<T> = Iterator<Suspension, T, unknown>

/** A frame of its own, so that what it `use`s is closed when it ends. */
function frameOf<T>(body: unknown, name: string): Iterable<Suspension, T, unknown> {
  return new BareFrame(body as Body, name) as Iterable<Suspension, T, unknown>
}

const { next, throw: throwInto } = GeneratorFunction.prototype.prototype as Body

/**
 * A generator whose function is most likely made in place, for one call. The engine gives each such
 * function's generators a shape of their own, and to look up `next` in a shape that is new takes longer
 * than all the rest of a timeout; so it is not looked up.
 */
class InPlace {
  declare private readonly _generator: Body

  constructor(generator: unknown) {
    this._generator = generator as Body
  }

  next(value: unknown): IteratorResult<unknown, unknown> {
    return next.call(this._generator, value)
  }

  throw(error: unknown): IteratorResult<unknown, unknown> {
    return throwInto.call(this._generator, error)
  }
}

function through<T>(iterator: Running<T>): Iterable<Suspension, T, unknown> {
  return new Through(iterator)
}

/** A class, because a literal with a computed name costs a call of the engine's for each. */
class Through<T> implements Iterable<Suspension, T, unknown> {
  declare private readonly _iterator: Running<T>

  constructor(iterator: Running<T>) {
    this._iterator = iterator
  }

  [Symbol.iterator](): Running<T> {
    return this._iterator
  }
}
