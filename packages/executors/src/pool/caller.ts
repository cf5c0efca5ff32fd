import type { Call } from './call.ts'

// Taking a stack costs as much as the rest of a call, and whoever submits hundreds in one turn does it
// from one place.
const MOST_IN_A_TURN = 4
const DEPTH = 6

let noted = 0

/** Notes who has submitted `call`, for the stack of its error; only the first ones of a turn. */
export function noteCaller(call: Call<unknown>, callee: unknown): void {
  if (noted >= MOST_IN_A_TURN) return
  if (noted === 0) process.nextTick(forget)
  noted += 1
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
