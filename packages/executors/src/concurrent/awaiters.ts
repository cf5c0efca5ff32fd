import type { Future } from './future.ts'

type OnFulfilled<T, R> = ((value: T) => R | PromiseLike<R>) | null | undefined
type OnRejected<R> = ((error: unknown) => R | PromiseLike<R>) | null | undefined

const settled = Promise.resolve()
const DEPTH = 10

/** A promise of the outcome of `future`. */
export function promiseOf<T>(future: Future<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    future.addDoneCallback(() => {
      if (future._isFulfilled()) {
        resolve(future._take())
        return
      }
      const add = future._wantsAwaiters()
      if (add === null) reject(future._error())
      else resolve(rejectKnowingAwaiters(future._error(), add))
    })
  })
}

/** In place of `onRejected`, where a `then` is called that knows nothing of awaiters. */
export function tellingAwaiters<T, R1, R2>(
  future: Future<T>,
  onFulfilled: OnFulfilled<T, R1>,
  onRejected: OnRejected<R2>,
): OnRejected<R1 | R2> {
  if (typeof onRejected !== 'function') return onRejected
  return (error) => {
    const isItsOwn = future._isRejected() && future._error() === error
    const add = isItsOwn && isResolveFunction(onFulfilled) ? future._wantsAwaiters() : null
    if (add === null) return onRejected(error)
    return (onFulfilled as (value: unknown) => R1)(rejectKnowingAwaiters(error, add))
  }
}

/**
 * A promise for an await to follow. It rejects with `error` when the engine knows who awaits, and before
 * that gives `add` a stack that has their frames. An error that comes from elsewhere is made while
 * nobody's code runs, and to take a stack for each await beforehand costs as much as a call.
 */
function rejectKnowingAwaiters(error: unknown, add: (stack: string) => void): Promise<never> {
  // Following a promise takes two microtasks, and the frames are found by what follows it.
  return settled.then(doNothing).then(() => {
    add(stackHere())
    throw error
  })
}

/**
 * Whether `fn` is the resolve function of a promise, as an `await` gives it to `then`: then a promise
 * that it is given is followed. A callback of the user's would get it as its value.
 */
function isResolveFunction(fn: unknown): boolean {
  if (typeof fn !== 'function' || fn.name !== '' || fn.length !== 1) return false
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn))
}

function stackHere(): string {
  const trace: { stack?: unknown } = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = DEPTH
  Error.captureStackTrace(trace)
  Error.stackTraceLimit = limit
  return String(trace.stack)
}

function doNothing(): void {}
