import type { NativeTask } from '../future/reaction.ts'
import { type Driver, finished, Suspension, suspended } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'
import { currentStrand, setUntracked } from '../loop/running.ts'
import { isGenerator } from './awaitable.ts'
import { BareFrame } from './frame.ts'
import { addToStack } from './stack-trace.ts'

const NEW = 0
const PENDING = 1
const VALUE = 2
const ERROR = 3
// The function gave a generator, whose frame the driver has.
const HANDED_OVER = 4

/** Calls the function of a coroutine as code of `task`. */
export function callIn(task: NativeTask, start: { _call(): unknown }): unknown {
  const { strands } = task._loop.host
  if (strands !== null) return strands.run(task, start)
  const result = start._call()
  // What it awaits comes in microtasks, when nobody else can say whose it is.
  setUntracked(task)
  return result
}

/** Calls a function of the user's, which may be async, as code of the current task if there is one. */
export function callInCurrent<R>(fn: () => R): R {
  const task = currentStrand() as NativeTask | null
  return task === null ? fn() : (callIn(task, { _call: fn }) as R)
}

/** What a coroutine's function gave, if it was not a generator. */
export function checkPromise(result: unknown, name: string): PromiseLike<unknown> {
  // A promise of ours: other thenables may settle twice, or throw.
  if (isThenable(result)) return Promise.resolve(result)
  throw new TypeError(
    `the function of the coroutine ${name} gave ${describe(result)}: it must be async or a generator function`,
  )
}

/**
 * One `yield*` over an async-function coroutine: calls it inside the task of the generator and waits
 * for its promise.
 */
export class NativeCall extends Suspension implements Iterator<Suspension, unknown, unknown> {
  private readonly _coroutine: { _call(): unknown; readonly name: string }
  private _promise: PromiseLike<unknown> | null = null
  private _state = NEW
  private _outcome: unknown = undefined

  constructor(coroutine: { _call(): unknown; readonly name: string }) {
    super()
    this._coroutine = coroutine
  }

  next(value?: unknown): IteratorResult<Suspension, unknown> {
    if (this._state === ERROR) throw this._outcome
    if (this._state === VALUE) return finished(this._outcome)
    if (this._state === HANDED_OVER) return finished(value)
    const result = callIn(currentStrand() as NativeTask, this._coroutine)
    if (isGenerator(result)) {
      this._state = HANDED_OVER
      return new BareFrame(result, this._coroutine.name).next()
    }
    this._promise = checkPromise(result, this._coroutine.name)
    this._state = PENDING
    return suspended(this)
  }

  throw(error: unknown): never {
    throw error
  }

  _suspend(driver: Driver): boolean {
    const task = driver._strand
    const entered = task._enterCall(this._coroutine.name, driver._listFrames())
    const arrive = (state: number, outcome: unknown) => {
      task._leaveCall(entered)
      this._state = state
      this._outcome = outcome
      if (!task._loop.isClosed()) driver._goOn()
    }
    task._resumesNative()
    this._promise?.then(
      (value) => arrive(VALUE, value),
      (error) => {
        addToStack(error, this._coroutine.name)
        arrive(ERROR, error)
      },
    )
    return true
  }
}
