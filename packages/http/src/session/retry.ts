import { type Coroutine, coroutine, currentEffectiveDeadline, getRunningLoop, sleep } from 'hocket'
import {
  ClientConnectionError,
  ClientConnectorDNSError,
  ClientConnectorError,
  ClientConnectorSSLError,
  ConnectionTimeoutError,
  ServerFingerprintMismatch,
  ServerTimeoutError,
  SocketTimeoutError,
} from '../errors/connection-errors.ts'
import type { ClientRequest } from '../message/client-request.ts'
import type { ClientResponse } from '../message/client-response.ts'
import type { RequestHandler } from './options.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { RetryPolicy } from './retry-options.ts'

/**
 * Sends a request until there is an answer worth having, or no reason to go on: by statuses that
 * pass, and by connections that fail. When it gives up, the last answer is the result, or the last
 * error is thrown.
 *
 * It waits between the tries: with full jitter, and never shorter than the server asks for. It does
 * not begin a wait that goes beyond the deadline it runs under. A body that can't be sent twice is
 * sent once. Cancelling it ends the wait, or the try, at once.
 */
export const withRetry: (
  request: ClientRequest,
  policy: RetryPolicy,
  handler: RequestHandler,
) => Coroutine<ClientResponse> = coroutine(function* withRetry(
  request: ClientRequest,
  policy: RetryPolicy,
  handler: RequestHandler,
) {
  for (let attempt = 1; ; attempt += 1) {
    let response: ClientResponse | null = null
    let error: unknown = null
    try {
      // Each try has a request of its own, as middlewares may change it.
      response = yield* handler(request.copy())
    } catch (caught) {
      error = caught
    }
    const delay = delayOf(request, attempt, policy, response, error)
    if (delay === null) {
      if (response === null) throw error
      return response
    }
    try {
      policy.onRetry?.({ request, attempt, delay, response, error })
    } finally {
      response?.release()
    }
    yield* sleep(delay)
  }
})

/** How long to wait before the next try, in ms; null if there is to be none. */
function delayOf(
  request: ClientRequest,
  attempt: number,
  policy: RetryPolicy,
  response: ClientResponse | null,
  error: unknown,
): number | null {
  const isWorthIt =
    response === null
      ? isPassing(error, policy.methods.has(request.method))
      : policy.statuses.has(response.status) && policy.methods.has(request.method)
  if (!isWorthIt) {
    if (attempt === 1 && response !== null) policy.budget?.giveBack()
    return null
  }
  if (attempt >= policy.attempts || isSpent(request)) return null
  const after =
    response !== null && policy.respectRetryAfter
      ? (parseRetryAfter(response.headers, policy.now()) ?? 0)
      : 0
  if (after > policy.maxRetryAfter) return null
  const longest = Math.min(policy.max, policy.base * 2 ** (attempt - 1))
  const delay = Math.max(after, policy.jitter ? longest * policy.random() : longest)
  if (getRunningLoop().time() + delay > currentEffectiveDeadline()) return null
  if (policy.budget?.take() === false) return null
  return delay
}

/** An error that may be gone next time. Where nothing was sent, the method does not matter. */
function isPassing(error: unknown, mayRepeat: boolean): boolean {
  if (!(error instanceof ClientConnectionError)) return false
  // Asking again makes no certificate better.
  if (error instanceof ClientConnectorSSLError || error instanceof ServerFingerprintMismatch) {
    return false
  }
  if (error instanceof ClientConnectorDNSError) {
    return (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EAI_AGAIN'
  }
  if (error instanceof ClientConnectorError || error instanceof ConnectionTimeoutError) return true
  // The time for all of it is over.
  if (error instanceof ServerTimeoutError && !(error instanceof SocketTimeoutError)) return false
  return mayRepeat
}

function isSpent({ body }: ClientRequest): boolean {
  return body?.isUsed === true && !body.isReplayable
}
