import { type Coroutine, coroutine } from 'hocket'
import { BasicAuth } from '../auth/basic-auth.ts'
import { TooManyRedirects } from '../errors/response-errors.ts'
import { stripAuthFromUrl } from '../errors/strip-auth-from-url.ts'
import type { ClientRequest } from '../message/client-request.ts'
import type { ClientResponse } from '../message/client-response.ts'
import type { RedirectPlan } from './options.ts'
import {
  BODY_HEADERS,
  CREDENTIAL_HEADERS,
  type RedirectStep,
  stepRedirect,
} from './redirect-step.ts'

/**
 * Sends a request, and follows where its answers lead. The answers on the way are released; the last
 * one has them as its history. If it is cancelled, or fails, none is left open.
 */
export const followRedirects: (
  request: ClientRequest,
  plan: RedirectPlan,
) => Coroutine<ClientResponse> = coroutine(function* followRedirects(
  request: ClientRequest,
  plan: RedirectPlan,
) {
  const history: ClientResponse[] = []
  let hop = request
  for (;;) {
    const response = yield* plan.handler(hop)
    try {
      const next = nextHop(hop, response)
      if (next === null) {
        response._history = history
        return response
      }
      history.push(response)
      if (history.length > plan.maxRedirects) throw tooMany(history, plan.maxRedirects)
      plan.onRedirect?.(hop, response)
      response.release()
      hop = next
    } catch (error) {
      response.close()
      throw error
    }
  }
})

/**
 * The request that an answer asks for; null if it asks for none.
 *
 * @throws {@link RedirectError} if that can't be sent
 */
export function nextHop(
  request: ClientRequest,
  response: { readonly status: number; readonly headers: Headers },
): ClientRequest | null {
  const { status, headers } = response
  // Nearly every answer; nothing has to be looked up in its headers.
  if (status < 300 || status > 399) return null
  const step = stepRedirect({
    method: request.method,
    url: request.url,
    isBodySpent: request.body?.isUsed === true && !request.body.isReplayable,
    status,
    location: headers.get('location') ?? headers.get('uri'),
  })
  return step === null ? null : apply(request, step)
}

function apply(request: ClientRequest, step: RedirectStep): ClientRequest {
  const { method, url, dropsBody, stripsCredentials, changesHost } = step
  const next = request.copy({ url, method, ...(dropsBody && { body: null }) })
  if (dropsBody) {
    request.body?.close()
    for (const name of BODY_HEADERS) next.headers.delete(name)
  }
  if (changesHost) next.headers.delete('host')
  const { username, password } = request._resolveTarget()
  if (stripsCredentials) {
    next._isAway = true
    next.auth = null
    next.cookies = null
    for (const name of CREDENTIAL_HEADERS) next.headers.delete(name)
  } else if (username !== '' || password !== '') {
    // The URL has said who asks; the next one, of the same server, does not.
    next.auth = new BasicAuth(username, password)
  }
  return next
}

function tooMany(history: readonly ClientResponse[], most: number): TooManyRedirects {
  const [first] = history as [ClientResponse]
  const last = history.at(-1) as ClientResponse
  const next = stripAuthFromUrl(last.headers.get('location') ?? '')
  return new TooManyRedirects(
    `expected at most ${most} redirects from ${first.url.href}, got one more, to ${next}: the server may send them in a circle`,
    {
      requestInfo: first.requestInfo,
      history,
      status: last.status,
      statusText: last.statusText,
      headers: last.headers,
    },
  )
}
