import { resolveTimeout } from '../base/client-timeout.ts'
import { compressBody, makeBody, makeJsonBody } from '../body/make-body.ts'
import type { RequestBody } from '../body/request-body.ts'
import type { ConnectionOptions } from '../connector/connection-options.ts'
import { checkCookies } from '../cookies/cookie.ts'
import { ClientRequest } from '../message/client-request.ts'
import { TraceRun } from '../trace/trace-run.ts'
import type { RequestOptions } from './options.ts'
import type { SessionState } from './state.ts'

/** What a request says, on top of what its session says. */
export function buildRequest(
  state: SessionState,
  method: string,
  url: string | URL,
  options: RequestOptions,
): ClientRequest {
  const { headers, timeout, decompress = state.decompress, auth } = options
  const body = bodyOf(state, options)
  const isUsual = headers === undefined && body === null
  const { cookies = null } = options
  if (cookies !== null) checkCookies(cookies)
  return new ClientRequest({
    method: method.toUpperCase(),
    target: state.urls.build(url, options.params),
    rawHeaders: isUsual
      ? state.headers.usual(decompress)
      : state.headers.build(headers, body, decompress),
    body,
    cookies,
    auth: auth === undefined ? state.auth : auth,
    timeout: resolveTimeout(timeout, state.timeout),
    connection: connectionFor(state, options),
    decompress,
    trace:
      state.traceConfigs.length === 0
        ? null
        : new TraceRun(state.session, state.traceConfigs, options.traceContext),
  })
}

function bodyOf(state: SessionState, options: RequestOptions): RequestBody | null {
  const { data, json, compress } = options
  let body: RequestBody | null = null
  if (json !== undefined) {
    if (data !== undefined) throw new TypeError('a request expected data or json, got both')
    body = makeJsonBody(state.jsonSerialize(json))
  } else if (data !== undefined && data !== null) {
    body = makeBody(data)
  }
  return body === null || compress === undefined ? body : compressBody(body, compress)
}

function connectionFor(state: SessionState, options: RequestOptions): ConnectionOptions | null {
  const own = connectionOf(options)
  if (own === null) return state.connection
  return state.connection === null ? own : { ...state.connection, ...definedOf(own) }
}

/** What of `options` is about connections; null if there is nothing. */
export function connectionOf(options: ConnectionOptions): ConnectionOptions | null {
  const { proxy, proxyAuth, proxyHeaders, ssl, fingerprint, serverHostname } = options
  if (
    proxy === undefined &&
    proxyAuth === undefined &&
    proxyHeaders === undefined &&
    ssl === undefined &&
    fingerprint === undefined &&
    serverHostname === undefined
  ) {
    return null
  }
  return definedOf({ proxy, proxyAuth, proxyHeaders, ssl, fingerprint, serverHostname })
}

function definedOf(options: ConnectionOptions): ConnectionOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
