import { RuntimeError } from '../errors/errors.ts'
import {
  type Driver,
  FRAME,
  kResumed,
  SUSPENSION,
  type Suspension,
  takeSuspension,
} from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { BareFrame, type Frame, kNotBegun, kTaken, resetInlineDepth } from './frame.ts'
import { addToStack } from './stack-trace.ts'

/** A driver with its innermost frame, and what becomes of the outermost one. */
export interface FrameDriver extends Driver {
  _frame: Frame | null
  _finish(value: unknown): void
  _fail(error: unknown): void
}

/** Stands for "nothing to throw". */
export const kNothing: unique symbol = Symbol('nothing')

/**
 * Runs the frames of `driver` until they suspend, or until the outermost one ends. `thrown` is thrown
 * into the innermost one, unless it is `kNothing`.
 */
export function drive(driver: FrameDriver, thrown: unknown): void {
  const frame = driver._frame as Frame
  let result: IteratorResult<unknown, unknown>
  resetInlineDepth()
  try {
    result = thrown === kNothing ? frame.body.next(kResumed) : frame.body.throw(thrown)
  } catch (error) {
    driveOn(driver, fail(driver, frame, error))
    return
  }
  // The usual step by itself, small enough to be inlined: it suspends where it has been resumed.
  const suspension = takeSuspension(result)
  if (suspension === null) driveOn(driver, handle(driver, frame, result))
  else if (!suspension._suspend(driver)) {
    driveOn(driver, { frame, value: kResumed, isThrow: false })
  }
}

/** What to do next with which frame; null when the driver is parked or its task has ended. */
interface Resume {
  frame: Frame
  value: unknown
  isThrow: boolean
}

function driveOn(driver: FrameDriver, first: Resume | null): void {
  let next = first
  while (next !== null) {
    const { frame, value, isThrow } = next
    driver._frame = frame
    let result: IteratorResult<unknown, unknown>
    try {
      resetInlineDepth()
      result = isThrow ? frame.body.throw(value) : frame.body.next(value)
    } catch (error) {
      next = fail(driver, frame, error)
      continue
    }
    next = handle(driver, frame, result)
  }
}

/** The body of `frame` has thrown `error`. */
function fail(driver: FrameDriver, frame: Frame, error: unknown): Resume | null {
  addToStack(error, frame.name)
  if (frame.resources !== null) return cleanUp(frame, frame.resources, error, true)
  if (frame.caller !== null) return { frame: frame.caller, value: error, isThrow: true }
  driver._fail(error)
  return null
}

/** The body of `frame` has returned or yielded. */
function handle(
  driver: FrameDriver,
  frame: Frame,
  { done, value }: IteratorResult<unknown, unknown>,
): Resume | null {
  if (done === true) {
    if (frame.resources !== null) return cleanUp(frame, frame.resources, value, false)
    if (frame.caller !== null) return { frame: frame.caller, value, isThrow: false }
    driver._finish(value)
    return null
  }
  let innermost = frame
  let yielded = value as Suspension | null | undefined
  while (yielded?._kind === FRAME) {
    const callee = yielded as unknown as Frame
    const { pending } = callee
    callee.caller = innermost
    callee.pending = kTaken
    // Handed over before its start, because the native stack had grown deep.
    if (pending === kNotBegun) return { frame: callee, value: undefined, isThrow: false }
    innermost = callee
    yielded = pending as Suspension | null | undefined
  }
  driver._frame = innermost
  if (yielded?._kind === SUSPENSION) {
    if (yielded._suspend(driver)) return null
    return { frame: innermost, value: kResumed, isThrow: false }
  }
  // As in asyncio, the error comes in the next iteration.
  driver._frame = new BareFrame(failing(badYield(yielded)), '')
  driver._frame.caller = innermost
  driver._park(null)
  return null
}

function cleanUp(
  frame: Frame,
  resources: NonNullable<Frame['resources']>,
  outcome: unknown,
  isError: boolean,
): Resume {
  frame.body = resources.close(outcome, isError)
  frame.resources = null
  return { frame, value: undefined, isThrow: false }
}

// biome-ignore lint/correctness/useYield: it only throws
function* failing(error: unknown): Generator<never, never, unknown> {
  throw error
}

function badYield(yielded: unknown): RuntimeError {
  const isAwaitable =
    typeof yielded === 'object' &&
    yielded !== null &&
    ('then' in yielded || Symbol.iterator in yielded)
  return new RuntimeError(
    `a generator coroutine yielded ${describe(yielded)}: ${
      isAwaitable
        ? 'write yield* for an awaitable, and wrap a promise by ensureFuture(promise)'
        : 'it can only yield* awaitables; give way by yield* sleep(0)'
    }`,
    { code: 'ERR_BAD_YIELD' },
  )
}
