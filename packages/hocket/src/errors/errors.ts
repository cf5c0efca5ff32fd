import { brand } from './brand.ts'

/**
 * The base class of the errors of Hocket's packages. `code` is stable; messages may change.
 *
 * {@link CancelledError} and {@link KeyboardInterrupt} are outside it, as Python keeps them outside
 * `Exception`: catching `HocketError` never swallows a cancellation.
 */
export class HocketError extends Error {
  /** A stable name for programs to compare, such as `ERR_INVALID_STATE`. */
  readonly code: string

  constructor(message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = options.code ?? 'ERR_HOCKET'
  }
}
brand(HocketError, 'HocketError')

/**
 * The runtime was used in a way that can't work: a closed loop, a coroutine awaited twice, a task
 * that awaits itself. Python's `RuntimeError`.
 */
export class RuntimeError extends HocketError {
  constructor(message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, { code: 'ERR_RUNTIME', ...options })
  }
}
brand(RuntimeError, 'RuntimeError')

/** A Future is not in the state that the operation needs. asyncio.InvalidStateError. */
export class InvalidStateError extends HocketError {
  constructor(message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, { code: 'ERR_INVALID_STATE', ...options })
  }
}
brand(InvalidStateError, 'InvalidStateError')

/** An operation did not end in its time. asyncio.TimeoutError. */
export class TimeoutError extends HocketError {
  constructor(
    message = 'the operation did not end in time',
    options: { code?: string; cause?: unknown } = {},
  ) {
    super(message, { code: 'ERR_TIMEOUT', ...options })
  }
}
brand(TimeoutError, 'TimeoutError')

/**
 * A run can never go on: no handle is ready, no timer is set and nothing is open on the host.
 * The message shows the tasks and what each of them waits for. Node alone would exit silently
 * with code 13; asyncio would hang.
 */
export class DeadlockError extends HocketError {
  constructor(message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, { code: 'ERR_DEADLOCK', ...options })
  }
}
brand(DeadlockError, 'DeadlockError')

/** Whoever asked for a cancellation, as far as it is known: a Task has a name. */
export interface Canceller {
  getName(): string
}

/**
 * Thrown at an `await` (or `yield*`) of a task that has been asked to cancel. Let it pass, or throw
 * it again after cleaning up: a task ends cancelled only when it leaves by this error.
 *
 * It is outside {@link HocketError} on purpose. asyncio.CancelledError, CPython 3.13; `reason` is
 * Python's `msg`, `by` is new.
 */
export class CancelledError extends Error {
  /** What was given to `cancel(reason)`; undefined without. */
  readonly reason: unknown
  /** The task whose step called `cancel()`; undefined when it was called outside any task. */
  readonly by: Canceller | undefined

  constructor(reason?: unknown, options: { by?: Canceller | undefined; cause?: unknown } = {}) {
    super(describeReason(reason), 'cause' in options ? { cause: options.cause } : undefined)
    this.reason = reason
    this.by = options.by
  }
}
brand(CancelledError, 'CancelledError')

/**
 * The main task of a `run()` was cancelled by a signal of the operating system (Ctrl-C). Outside
 * {@link HocketError}, as in Python.
 */
export class KeyboardInterrupt extends Error {
  /** `'SIGINT'` or `'SIGTERM'`. */
  readonly signal: string

  constructor(signal = 'SIGINT') {
    super(`interrupted by ${signal}`)
    this.signal = signal
  }
}
brand(KeyboardInterrupt, 'KeyboardInterrupt')

function describeReason(reason: unknown): string {
  if (reason === undefined) return 'cancelled'
  if (reason instanceof Error) return reason.message
  if (typeof reason === 'object' && reason !== null) return 'cancelled'
  return String(reason as string | null)
}

const kCancelled = Symbol.for('hocket.CancelledError')

/** `error instanceof CancelledError`, also for another copy's class, without the call. */
export function isCancelledError(error: unknown): error is CancelledError {
  return (
    typeof error === 'object' &&
    error !== null &&
    (error as Record<symbol, unknown>)[kCancelled] === true
  )
}

/**
 * Makes the error that the loop itself throws into a task. Capturing a stack costs 3–5 µs, and the
 * stack of whoever cancelled is of use to a reader only: it is taken in debug mode.
 */
export function makeCancelledError(
  reason: unknown,
  by: Canceller | undefined,
  withStack: boolean,
): CancelledError {
  if (withStack) return new CancelledError(reason, { by })
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const error = new CancelledError(reason, { by })
  Error.stackTraceLimit = limit
  return error
}
