import { type Coroutine, coroutine, type Suspension } from 'hocket'
import { BasicAuth } from '../auth/basic-auth.ts'
import type { AbstractCookieJar } from '../base/abstract-cookie-jar.ts'
import type { Deadline } from '../connector/deadline.ts'
import { Exchange } from '../connector/exchange.ts'
import { ClientConnectionResetError, ServerDisconnectedError } from '../errors/connection-errors.ts'
import type { ClientRequest } from '../message/client-request.ts'
import { ClientResponse } from '../message/client-response.ts'
import type { RequestHandler } from './options.ts'
import type { SessionState } from './state.ts'

type Sending = Generator<Suspension, ClientResponse, unknown>

const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

/** Sends one request to the network and waits for the headers of its answer. */
function* exchangeOnce(
  { connector, cookieJar }: SessionState,
  request: ClientRequest,
  deadline: Deadline | null,
): Sending {
  const target = request._resolveTarget()
  const route = connector.route(target, request._connection)
  const plan = {
    method: request.method,
    target,
    headers: request.body === null ? request._listHeaders() : withLength(request),
    body: request.body,
    timeout: request._timeout,
    deadline,
    trace: request._trace,
  }
  for (let attempt = 1; ; attempt += 1) {
    const exchange = new Exchange(connector, route, plan)
    try {
      yield* exchange
      const response = new ClientResponse(request, exchange)
      // Of each answer, also of those that a middleware keeps to itself.
      const lines = response._setCookieLines()
      if (lines.length > 0) cookieJar.storeSetCookies(lines, response.url)
      return response
    } catch (error) {
      exchange.abort()
      // A connection that was kept may have been closed by the server at the very moment it was used.
      const mayRepeat = exchange.isReused && attempt === 1 && isRepeatable(request)
      if (!mayRepeat || !isLost(error)) throw error
    }
  }
}

function isLost(error: unknown): boolean {
  return error instanceof ServerDisconnectedError || error instanceof ClientConnectionResetError
}

function isRepeatable({ method, body }: ClientRequest): boolean {
  return IDEMPOTENT.has(method) && (body === null || body.isReplayable)
}

/** undici counts bytes by itself; of a stream it has to be told. */
function withLength(request: ClientRequest): readonly string[] {
  const headers = request._listHeaders()
  const length = request.body?.length ?? null
  if (length === null || request.headers.has('content-length')) return headers
  return [...headers, 'Content-Length', String(length)]
}

/** The innermost handler, and the middlewares around it, the first one outermost. */
export function makeChain(
  state: SessionState,
  middlewares: readonly RunMiddleware[],
  deadline: Deadline | null,
): RequestHandler {
  const innermost: RequestHandler = coroutine((request: ClientRequest) =>
    exchangeOnce(state, request, deadline),
  )
  return middlewares.reduceRight<RequestHandler>(
    (handler, middleware) => (request) => middleware(request, handler),
    innermost,
  )
}

/** A middleware as a coroutine function, so that it runs in the task that asks. */
export type RunMiddleware = (
  request: ClientRequest,
  handler: RequestHandler,
) => Coroutine<ClientResponse>

/**
 * One hop: cookies and passwords go in, then it is sent, by `chain` if there are middlewares. The
 * request itself stays as it is: the next hop is made from it, and has other cookies.
 */
export function* sendHop(
  state: SessionState,
  request: ClientRequest,
  chain: RequestHandler | null,
  deadline: Deadline | null,
): Sending {
  const sent = prepareHop(state, request, chain !== null)
  return chain === null ? yield* exchangeOnce(state, sent, deadline) : yield* chain(sent)
}

/** The request as it is sent: with cookies, and with what says who asks. Itself if there is neither. */
export function prepareHop(
  { cookieJar }: SessionState,
  request: ClientRequest,
  mustCopy: boolean,
): ClientRequest {
  const { username, password } = request._resolveTarget()
  const hasLogin = username !== '' || password !== ''
  const auth = hasLogin ? new BasicAuth(username, password) : request.auth
  const hasCookies = !cookieJar.isEmpty || request.cookies !== null
  if (!mustCopy && !hasCookies && auth === null) return request
  const sent = request.copy()
  if (hasCookies) addCookies(sent, cookieJar)
  if (auth !== null && !sent.headers.has('authorization')) {
    sent.headers.set('authorization', auth.encode())
  }
  return sent
}

/** Those of the request win over those of the jar, and what its own header says over both. */
function addCookies(request: ClientRequest, jar: AbstractCookieJar): void {
  const all = new Map<string, string>()
  const { url, cookies, headers } = request
  const add = (line: string) => {
    for (const pair of line.split(';')) {
      const at = pair.indexOf('=')
      if (at > 0) all.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
    }
  }
  add(jar.cookieHeader(url))
  for (const [name, value] of Object.entries(cookies ?? {})) all.set(name, value)
  add(headers.get('cookie') ?? '')
  if (all.size === 0) return
  const line = Array.from(all, ([name, value]) => `${name}=${value}`).join('; ')
  headers.set('cookie', line)
}
