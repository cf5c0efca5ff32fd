import { TimeoutError } from 'hocket'

/** The error for a wait that was too long. */
export function lateError(timeout: number): TimeoutError {
  return new TimeoutError(`the call did not end within ${timeout} ms; it goes on`)
}
