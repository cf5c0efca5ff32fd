import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { isThenable } from '../loop/checks.ts'
import { type Awaitable, isGenerator } from './awaitable.ts'
import { Coroutine } from './coroutine.ts'
import { Frame } from './frame.ts'
import { callInCurrent, NativeCall } from './native-call.ts'

/**
 * Calls a function of the user's as code of the current task and waits for what it gives, in either
 * spelling; a value that is no awaitable is the result. A cancellation goes on to what it awaits.
 */
export function* callBody<T>(
  fn: () => Awaitable<T> | T,
  name: string = fn.name,
): Generator<Suspension, T, unknown> {
  const result = callInCurrent(fn)
  if (result instanceof Coroutine || result instanceof Future) return yield* result
  // A frame of its own, so that what it `use`s is closed when it ends.
  if (isGenerator(result)) return (yield* through(new Frame(result, name))) as T
  if (!isThenable(result)) return result as T
  return (yield* through(new NativeCall({ name, _call: () => result }))) as T
}

function through<T>(iterator: Iterator<Suspension, T, unknown>): Iterable<Suspension, T, unknown> {
  return { [Symbol.iterator]: () => iterator }
}
