import { connectError, payloadError, requestError } from '../connector/translate-error.ts'
import { ClientPayloadError } from '../errors/client-error.ts'
import type { ClientRequest } from '../message/client-request.ts'
import type { HelperFailure } from './helper-messages.ts'

/** The error for what has gone wrong in the helper thread: of the class that a `ClientSession` throws. */
export function errorOf(failure: HelperFailure, request: ClientRequest): Error {
  const { phase, message, code, received, expected } = failure
  const cause = Object.assign(new Error(message), code === '' ? {} : { code })
  if (phase === 'limit') return new ClientPayloadError(message)
  if (phase === 'body') return payloadError(cause, received, expected)
  if (phase === 'answer') return requestError(cause, true)
  const { hostname, port } = request._resolveTarget()
  return connectError(cause, hostname, port)
}
