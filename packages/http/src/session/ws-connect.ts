import {
  type Coroutine,
  cancelScope,
  coroutine,
  type Suspension,
  TimeoutError,
  timeout as timeoutScope,
} from 'hocket'
import type { Authorization } from '../base/authorization.ts'
import type { ConnectionOptions } from '../connector/connection-options.ts'
import {
  ClientConnectionError,
  ConnectionTimeoutError,
  ServerTimeoutError,
} from '../errors/connection-errors.ts'
import { TooManyRedirects, WSServerHandshakeError } from '../errors/response-errors.ts'
import { stripAuthFromUrl } from '../errors/strip-auth-from-url.ts'
import type { ClientRequest } from '../message/client-request.ts'
import { ClientWebSocketResponse } from '../websocket/client-websocket-response.ts'
import { type Handshake, openWebSocket } from '../websocket/open-websocket.ts'
import { buildRequest } from './build-request.ts'
import type { HeadersInput, QueryParams } from './options.ts'
import { nextHop } from './redirect.ts'
import { prepareHop } from './send.ts'
import type { SessionState } from './state.ts'

/** What `session.wsConnect` may be told. */
export interface WSConnectOptions extends ConnectionOptions {
  /** On top of the session's, by name. */
  headers?: HeadersInput | undefined
  auth?: Authorization | null | undefined
  params?: QueryParams | undefined
  /** On top of the jar's, for this request and its redirects to the same origin. */
  cookies?: Readonly<Record<string, string>> | undefined
  /** What `Origin` says. */
  origin?: string | undefined
  /** Subprotocols, the preferred one first. */
  protocols?: readonly string[] | undefined
  /**
   * Pings a connection that has been silent for so many ms, and gives it up if there is no answer within
   * half of that; null, the default, does not.
   */
  heartbeat?: number | null | undefined
  /** Answers pings, and keeps pongs to itself; true by default. */
  autoping?: boolean | undefined
  /** How long `receive()` waits, in ms; null, the default, is for ever. */
  receiveTimeout?: number | null | undefined
  /** How long `close()` waits for the other side, in ms; 10,000 by default, null is for ever. */
  closeTimeout?: number | null | undefined
  /** The most bytes of a message; 4 MiB by default, 0 is without a limit. */
  maxMsgSize?: number | undefined
  /** Offers to compress messages; a number is the bits of the window, from 9 to 15. Off by default. */
  compress?: boolean | number | undefined
  /** How long the handshake may take, in ms; the session's `total` by default, null is for ever. */
  timeout?: number | null | undefined
  /** How many redirects are followed; the session's by default. */
  maxRedirects?: number | undefined
}

type Connecting = Generator<Suspension, ClientWebSocketResponse, unknown>

/** Opens a WebSocket with what its session knows: cookies, passwords, the connector's ways. */
export const wsConnect: (
  state: SessionState,
  url: string | URL,
  options: WSConnectOptions | undefined,
) => Coroutine<ClientWebSocketResponse> = coroutine(function* wsConnect(
  state: SessionState,
  url: string | URL,
  options: WSConnectOptions = {},
): Connecting {
  checkTimes(options)
  state.connector.checkOpen()
  const { total } = state.timeout
  const { timeout = total === 0 ? null : total } = options
  try {
    const opened = yield* cancelScope(function* (scope) {
      // Closing the connector ends a handshake as it ends what is open.
      const leave = state.connector.host(() => scope.cancel('the session was closed'))
      try {
        return yield* timeoutScope(timeout, () => connect(state, url, options))
      } finally {
        leave()
      }
    })
    if (opened !== undefined) return opened
    throw new ClientConnectionError(
      `the session was closed while a WebSocket to ${stripAuthFromUrl(url)} was opened`,
    )
  } catch (error) {
    if (!(error instanceof TimeoutError) || error instanceof ServerTimeoutError) throw error
    throw new ConnectionTimeoutError(
      `no WebSocket to ${stripAuthFromUrl(url)} within ${timeout} ms`,
      {
        cause: error,
      },
    )
  }
})

function* connect(state: SessionState, url: string | URL, options: WSConnectOptions): Connecting {
  const { headers, auth, params, cookies, maxRedirects = state.maxRedirects } = options
  const { proxy, proxyAuth, proxyHeaders, ssl, fingerprint, serverHostname } = options
  const connection = { proxy, proxyAuth, proxyHeaders, ssl, fingerprint, serverHostname }
  const href = String(url).replace(/^ws(?=s?:)/i, 'http')
  const own = { headers, auth, params, cookies, ...connection }
  let hop = buildRequest(state, 'GET', href, { ...own, decompress: false })
  if (options.origin !== undefined) hop.headers.set('origin', options.origin)
  for (let redirects = 0; ; redirects += 1) {
    const request = prepareHop(state, hop, true)
    request.headers.delete('accept-encoding')
    const handshake = yield* shake(state, request, options)
    state.cookieJar.storeSetCookies(handshake.headers.getSetCookie(), request.url)
    if (handshake.socket !== null) return open(state, request, handshake, options)
    const next = nextHop(hop, handshake)
    if (next === null) throw refused(request, handshake)
    if (redirects >= maxRedirects) throw tooMany(request, handshake, maxRedirects)
    hop = next
  }
}

function shake(
  state: SessionState,
  request: ClientRequest,
  options: WSConnectOptions,
): Coroutine<Handshake> {
  const { protocols = [], compress = false, maxMsgSize = 4 * 1024 * 1024 } = options
  const target = request._resolveTarget()
  return openWebSocket({
    target,
    connect: state.connector.socketsTo(target, request._connection),
    headers: request._listHeaders(),
    protocols,
    compress,
    maxMsgSize,
    autoping: options.autoping ?? true,
  })
}

/** In the step in which the handshake has ended: nothing can come between. */
function open(
  state: SessionState,
  request: ClientRequest,
  handshake: Handshake,
  options: WSConnectOptions,
): ClientWebSocketResponse {
  const { url } = request
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const {
    heartbeat = null,
    receiveTimeout = null,
    closeTimeout = 10_000,
    autoping = true,
  } = options
  const socket = handshake.socket as NonNullable<Handshake['socket']>
  const behaviour = { heartbeat, autoping, receiveTimeout, closeTimeout }
  const ws = new ClientWebSocketResponse(socket, url, handshake.headers, behaviour)
  ws._onEnd(state.connector.host(() => ws.terminate()))
  return ws
}

function checkTimes(options: WSConnectOptions): void {
  for (const name of ['heartbeat', 'receiveTimeout', 'closeTimeout', 'timeout'] as const) {
    const value = options[name]
    const least = name === 'heartbeat' ? Number.MIN_VALUE : 0
    if (value === undefined || value === null || value >= least) continue
    throw new RangeError(`${name} expected a time in ms, or null, got ${value}`)
  }
}

function refused(request: ClientRequest, handshake: Handshake): WSServerHandshakeError {
  const { status, statusText, error } = handshake
  const answer = `${status} ${statusText}`.trim()
  return new WSServerHandshakeError(
    error === null
      ? `expected ${request.url.href} to agree to a WebSocket (101), got ${answer}`
      : `${request.url.href} agreed to a WebSocket in a way that is wrong: ${error.message}`,
    { ...detailsOf(request, handshake), ...(error !== null && { cause: error }) },
  )
}

function tooMany(request: ClientRequest, handshake: Handshake, most: number): TooManyRedirects {
  return new TooManyRedirects(
    `expected at most ${most} redirects, got one more, to ${handshake.headers.get('location')}`,
    detailsOf(request, handshake),
  )
}

function detailsOf({ requestInfo }: ClientRequest, { status, statusText, headers }: Handshake) {
  return { requestInfo, status, statusText, headers }
}
