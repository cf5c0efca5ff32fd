import { isGenerator } from '../coroutine/awaitable.ts'
import { Coroutine } from '../coroutine/coroutine.ts'
import { GeneratorCoroutine, NativeCoroutine } from '../coroutine/coroutine-function.ts'
import { BareFrame, type Body, type Frame, kTaken } from '../coroutine/frame.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'

/** Native code that has not begun. */
export interface NativeStart {
  readonly name: string
  _call(): unknown
}

/** A frame to start with has been taken, which nothing else can say of itself. */
export function isFrame(start: object): start is Frame {
  return (start as Partial<Frame>).pending === kTaken
}

/**
 * The frame to begin with for what was given to `createTask`; null for native code. Coroutines count
 * as taken from here on.
 */
export function startOf(source: unknown): Frame | null {
  const start = startOfCoroutine(source)
  if (start !== null) return isFrame(start) ? start : null
  if (typeof source === 'function') return null
  throw notACoroutine(source)
}

/** The native code that a source without a frame stands for. */
export function nativeStartOf(source: unknown): NativeStart {
  if (typeof source !== 'function') return source as NativeCoroutine<unknown>
  return { name: source.name, _call: () => (source as () => unknown)() }
}

/** What to do with what a function that was given to `createTask` has returned. */
export function startOfResult(
  result: unknown,
  name: string,
): Frame | NativeCoroutine<unknown> | PromiseLike<unknown> {
  const start = startOfCoroutine(result, name)
  if (start !== null) return start
  if (result instanceof Future) {
    return rootFrame(
      through(() => result[Symbol.iterator]()),
      result._describeSubject(),
    )
  }
  // Only here may a promise be: it is that of an async function of this very task.
  if (isThenable(result)) return Promise.resolve(result)
  throw new TypeError(
    `the function given as a task returned ${describe(result)}: it must be async, a generator function, or give a coroutine`,
  )
}

function startOfCoroutine(source: unknown, name = ''): Frame | NativeCoroutine<unknown> | null {
  if (source instanceof Coroutine) {
    if (source._hasBegun)
      return rootFrame(
        failing(() => source._begin()),
        source.name,
      )
    source._begin()
    if (source instanceof GeneratorCoroutine) return asRoot(source)
    if (source instanceof NativeCoroutine) return source
    return rootFrame(
      through(() => source._iterate()),
      source.name,
    )
  }
  return isGenerator(source) ? rootFrame(source, name || 'generator') : null
}

function rootFrame(body: Body, name: string): Frame {
  return asRoot(new BareFrame(body, name))
}

/** A frame without a caller to start it; the driver goes on with it as with any other. */
function asRoot(frame: Frame): Frame {
  frame.pending = kTaken
  return frame
}

/** A body that fails with what `fail` throws, also when the task is cancelled before it begins. */
function failing(fail: () => void): Body {
  const step = (): never => fail() as never
  return Object.assign(through(step), { next: step, throw: step })
}

function* through(open: () => Iterator<Suspension, unknown, unknown>): Body {
  return yield* { [Symbol.iterator]: open }
}

function notACoroutine(source: unknown): TypeError {
  if (source instanceof Future) {
    return new TypeError(
      `expected a coroutine, got ${describe(source)}, which is under way already: await it, or pass it to ensureFuture()`,
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
