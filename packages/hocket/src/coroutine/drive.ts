import { RuntimeError } from '../errors/errors.ts'
import { type Driver, FRAME, kResumed, SUSPENSION, type Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { Frame, resetInlineDepth } from './frame.ts'
import { closeResources } from './resources.ts'
import { addToStack } from './stack-trace.ts'

/** A driver with its innermost frame, and what becomes of the outermost one. */
export interface FrameDriver extends Driver {
  _frame: Frame | null
  _finish(value: unknown): void
  _fail(error: unknown): void
}

/** Stands for "nothing to throw". */
export const kNothing: unique symbol = Symbol('nothing')

/** Runs the frames of `driver` until they suspend, or until the outermost one ends. */
export function drive(driver: FrameDriver, thrown: unknown = kNothing): void {
  let frame = driver._frame as Frame
  let value: unknown = kResumed
  for (;;) {
    let result: IteratorResult<unknown, unknown>
    try {
      resetInlineDepth()
      result = thrown === kNothing ? frame.body.next(value) : frame.body.throw(thrown)
    } catch (error) {
      addToStack(error, frame.name)
      if (frame.resources !== null) {
        frame.body = closeResources(frame.resources, error, true)
        frame.resources = null
        thrown = kNothing
        value = undefined
        continue
      }
      if (frame.caller === null) {
        driver._fail(error)
        return
      }
      frame = frame.caller
      driver._frame = frame
      thrown = error
      continue
    }
    thrown = kNothing
    if (result.done === true) {
      value = result.value
      if (frame.resources !== null) {
        frame.body = closeResources(frame.resources, value, false)
        frame.resources = null
        value = undefined
      } else if (frame.caller === null) {
        driver._finish(value)
        return
      } else {
        frame = frame.caller
        driver._frame = frame
      }
      continue
    }
    let yielded = result.value as Suspension | null | undefined
    if (yielded?._kind === FRAME) {
      do {
        const callee = yielded as Frame
        callee.caller = frame
        frame = callee
        yielded = callee.pending as Suspension | null | undefined
        callee.pending = undefined
      } while (yielded?._kind === FRAME)
      driver._frame = frame
    }
    value = kResumed
    if (!frame.hasBegun) {
      // Handed over before its start, because the native stack had grown deep.
      frame.hasBegun = true
      continue
    }
    try {
      if (yielded?._kind !== SUSPENSION) throw badYield(yielded)
      if (yielded._suspend(driver)) return
    } catch (error) {
      // As in asyncio, what can't be awaited is an error in the next iteration.
      driver._frame = new Frame(failing(error), '')
      driver._frame.caller = frame
      driver._park(null)
      return
    }
  }
}

// biome-ignore lint/correctness/useYield: it only throws
function* failing(error: unknown): Generator<never, never, unknown> {
  throw error
}

function badYield(yielded: unknown): RuntimeError {
  const isAwaitable =
    typeof yielded === 'object' && yielded !== null && ('then' in yielded || Symbol.iterator in yielded)
  return new RuntimeError(
    `a generator coroutine yielded ${describe(yielded)}: ${
      isAwaitable
        ? 'write yield* for an awaitable, and wrap a promise by ensureFuture(promise)'
        : 'it can only yield* awaitables; give way by yield* sleep(0)'
    }`,
    { code: 'ERR_BAD_YIELD' },
  )
}
