import { CancelledError, isCancelledError } from '../errors/errors.ts'

/**
 * Closing failed after the body had, without knowing of it. As in Python the later error is the
 * outcome: a cancellation that comes while closing keeps the first as its cause, and two errors
 * become one that has both.
 */
export function both(error: unknown, suppressed: unknown): unknown {
  if (isCancelledError(suppressed)) return error
  if (isCancelledError(error)) {
    return new CancelledError(error.reason, { by: error.by, cause: suppressed })
  }
  const both = new Error('closing a resource failed after the coroutine had failed')
  return Object.assign(both, { name: 'SuppressedError', error, suppressed })
}

/**
 * `error` was thrown by code that had been given `before`: it takes its place, with `before` as the
 * last of its causes. Python's `__context__`.
 */
export function chain(error: unknown, before: unknown): unknown {
  const causes = listCauses(error)
  if (causes.includes(before) || listCauses(before).includes(error)) return error
  const last = causes.at(-1)
  const isAttached =
    last instanceof Error &&
    Reflect.defineProperty(last, 'cause', { value: before, writable: true, configurable: true })
  return isAttached ? error : both(error, before)
}

/** `error`, its cause, the cause of that, and so on. */
function listCauses(error: unknown): unknown[] {
  const causes = [error]
  let last = error
  while (last instanceof Error && last.cause !== undefined && !causes.includes(last.cause)) {
    last = last.cause
    causes.push(last)
  }
  return causes
}
