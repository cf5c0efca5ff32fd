import { Future } from '../future/future.ts'
import { finished, type Suspension } from '../future/suspension.ts'
import { isThenable } from '../loop/checks.ts'
import { type Awaitable, isGenerator } from './awaitable.ts'
import { Coroutine } from './coroutine.ts'
import { Frame } from './frame.ts'
import { callInCurrent, NativeCall } from './native-call.ts'

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor

/**
 * Calls a function of the user's as code of the current task, at once, and gives what to `yield*` for
 * its result, in either spelling; a value that is no awaitable is the result. A cancellation goes on
 * to what it awaits.
 */
export function callBody<T, A = undefined>(
  fn: (argument: A) => Awaitable<T> | T,
  name: string = fn.name,
  argument?: A,
): Iterable<Suspension, T, unknown> {
  // Native code has to know whose it is; a generator that is made runs nothing yet.
  const result =
    fn instanceof GeneratorFunction ? fn(argument as A) : callInCurrent(() => fn(argument as A))
  if (result instanceof Coroutine || result instanceof Future) return result
  // A frame of its own, so that what it `use`s is closed when it ends.
  if (isGenerator(result)) return through(new Frame(result, name) as unknown as Running<T>)
  if (!isThenable(result)) return through({ next: () => finished(result as T) })
  return through(new NativeCall({ name, _call: () => result }) as unknown as Running<T>)
}

type Running<T> = Iterator<Suspension, T, unknown>

function through<T>(iterator: Running<T>): Iterable<Suspension, T, unknown> {
  return { [Symbol.iterator]: () => iterator }
}
