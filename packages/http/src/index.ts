/**
 * An HTTP client for Hocket: sessions, limits, timeouts, redirects, cookies, with aiohttp's words.
 *
 * @module
 */
export { BasicAuth } from './auth/basic-auth.ts'
export { Netrc, type NetrcEntry } from './auth/netrc.ts'
export type { AbstractCookieJar } from './base/abstract-cookie-jar.ts'
export type { Authorization } from './base/authorization.ts'
export type { ClientTimeout } from './base/client-timeout.ts'
export type { BodyInput, FormValue } from './body/body-input.ts'
export { BodyIterator, Content } from './body/content.ts'
export { MultipartForm, type PartOptions, type PartValue } from './body/multipart.ts'
export type { RequestBody } from './body/request-body.ts'
export type { ConnectionOptions, SslOption } from './connector/connection-options.ts'
export type { ResolvedHost, Resolver } from './connector/dns-cache.ts'
export {
  type ConnectorStatistics,
  TCPConnector,
  type TCPConnectorOptions,
} from './connector/tcp-connector.ts'
export type { Cookie, CookieAttributes, LooseCookies } from './cookies/cookie.ts'
export { CookieJar, type CookieJarOptions, type SavedCookies } from './cookies/cookie-jar.ts'
export { DummyCookieJar } from './cookies/dummy-cookie-jar.ts'
export {
  ClientError,
  ClientPayloadError,
  InvalidURL,
  NonHttpUrlError,
  RedirectError,
} from './errors/client-error.ts'
export {
  ClientConnectionError,
  ClientConnectionResetError,
  ClientConnectorCertificateError,
  ClientConnectorDNSError,
  ClientConnectorError,
  ClientConnectorSSLError,
  ClientProxyConnectionError,
  ConnectionTimeoutError,
  ServerDisconnectedError,
  ServerFingerprintMismatch,
  ServerTimeoutError,
  SocketTimeoutError,
} from './errors/connection-errors.ts'
export {
  ClientHttpProxyError,
  ClientResponseError,
  ContentTypeError,
  type RequestInfo,
  TooManyRedirects,
  WSServerHandshakeError,
} from './errors/response-errors.ts'
export { stripAuthFromUrl } from './errors/strip-auth-from-url.ts'
export { ClientRequest } from './message/client-request.ts'
export { ClientResponse } from './message/client-response.ts'
export type { JsonOptions } from './message/read-body.ts'
export { ClientSession } from './session/client-session.ts'
export { type DigestAuthOptions, digestAuth } from './session/digest-auth.ts'
export type {
  ClientSessionOptions,
  HeadersInput,
  Middleware,
  QueryParams,
  RaiseForStatus,
  RequestHandler,
  RequestOptions,
} from './session/options.ts'
export { request, type SingleRequestOptions } from './session/request.ts'
export { RetryBudget } from './session/retry-budget.ts'
export type { RetryEvent, RetryOptions } from './session/retry-options.ts'
export type { SseOptions } from './session/sse.ts'
export type { WSConnectOptions } from './session/ws-connect.ts'
export { EventStream, type EventStreamBehaviour } from './sse/event-stream.ts'
export type { ServerSentEvent } from './sse/sse-parser.ts'
export type { TraceCallback, TraceConfig, TraceContext } from './trace/trace-config.ts'
export { ClientWebSocketResponse } from './websocket/client-websocket-response.ts'
export type { MessageIterator } from './websocket/message-iterator.ts'
export { WSCloseCode, type WSMessage, WSMessageOf, WSMsgType } from './websocket/ws-message.ts'
