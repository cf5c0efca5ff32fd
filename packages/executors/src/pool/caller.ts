import type { Call } from './call.ts'

// Taking a stack costs as much as the rest of a call, and whoever submits hundreds in one turn does it
// from one place.
const MOST_IN_A_TURN = 4
const DEPTH = 6

let noted = 0

/**
 * Notes who has submitted `call`, for the stack of its error: for the first calls of a function, and
 * again once one has failed. The errors of all others tell who awaits them.
 */
export function noteCaller(call: Call<unknown>, callee: unknown): void {
  const fn = call._fn
  if (fn.toBeNoted === 0 || noted >= MOST_IN_A_TURN) return
  if (noted === 0) process.nextTick(forget)
  noted += 1
  fn.toBeNoted -= 1
  const trace: { stack?: string } = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = DEPTH
  // The text is made when it is read.
  Error.captureStackTrace(trace, callee as never)
  Error.stackTraceLimit = limit
  call._trace = trace
}

function forget(): void {
  noted = 0
}
