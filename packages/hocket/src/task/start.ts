import { type Body, Frame } from '../coroutine/frame.ts'
import { isGenerator, isThenable } from '../coroutine/awaitable.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { GeneratorCoroutine, NativeCoroutine } from '../coroutine/coroutine-function.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'

/** How a task begins: as the frame of a generator, or by calling native code. */
export interface Start {
  frame: Frame | null
  call: (() => unknown) | null
  promise: PromiseLike<unknown> | null
}

/**
 * What to do with what was given to `createTask`, or (`isResult`) with what a function given to it
 * has returned: only there may a promise be, which then is an async function's of this very task.
 */
export function startOf(source: unknown, isResult: boolean): Start {
  if (source instanceof GeneratorCoroutine) return byFrame(source._toFrame())
  if (source instanceof NativeCoroutine) return { frame: null, call: source._toCall(), promise: null }
  if (isGenerator(source)) return byFrame(new Frame(source, 'generator'))
  if (source instanceof Coroutine) {
    source._begin()
    return byFrame(new Frame(through(() => source._iterate()), source.name))
  }
  if (isResult) {
    if (source instanceof Future) {
      return byFrame(new Frame(through(() => source[Symbol.iterator]()), source._describeSubject()))
    }
    if (isThenable(source)) return { frame: null, call: null, promise: source }
    throw new TypeError(
      `the function given as a task returned ${describe(source)}: it must be async, a generator function, or give a coroutine`,
    )
  }
  if (typeof source === 'function') {
    return { frame: null, call: source as () => unknown, promise: null }
  }
  throw notACoroutine(source)
}

function byFrame(frame: Frame): Start {
  // A root frame has no caller to start it; the driver goes on with it like with any other.
  frame.hasBegun = true
  return { frame, call: null, promise: null }
}

function* through(open: () => Iterator<Suspension, unknown, unknown>): Body {
  return yield* { [Symbol.iterator]: open }
}

function notACoroutine(source: unknown): TypeError {
  if (source instanceof Future) {
    return new TypeError(
      `expected a coroutine, got a ${source.constructor.name}, which is under way already: await it, or pass it to ensureFuture()`,
    )
  }
  if (isThenable(source)) {
    return new TypeError(
      'expected a coroutine, got a promise, whose code is already running in the calling task: pass the function itself, or () => fn(…); wrap a foreign promise by ensureFuture(promise)',
    )
  }
  return new TypeError(
    `expected a coroutine, a generator or a function that gives one, got ${describe(source)}`,
  )
}
