import type { Coroutine } from 'hocket'
import type { AbstractCookieJar } from '../base/abstract-cookie-jar.ts'
import type { Authorization } from '../base/authorization.ts'
import type { ClientTimeout } from '../base/client-timeout.ts'
import type { BodyInput } from '../body/body-input.ts'
import type { ConnectionOptions } from '../connector/connection-options.ts'
import type { TCPConnector } from '../connector/tcp-connector.ts'
import type { ClientRequest } from '../message/client-request.ts'
import type { ClientResponse } from '../message/client-response.ts'
import type { TraceConfig } from '../trace/trace-config.ts'
import type { RetryOptions } from './retry-options.ts'

/** Sends a request, and gives its answer as soon as the headers are there. */
export type RequestHandler = (request: ClientRequest) => Coroutine<ClientResponse>

/**
 * Stands between the session and the connection, once for each hop and each try: it may change the
 * request, answer by itself, or hand it on, several times if it likes. A function of any spelling.
 */
export type Middleware = (
  request: ClientRequest,
  handler: RequestHandler,
) => Generator<never, ClientResponse, never> | PromiseLike<ClientResponse>

/** True: 400 and above throws. A function decides by itself, and throws. */
export type RaiseForStatus = boolean | ((response: ClientResponse) => unknown)

/** By name; a list gives its name several times. */
export type QueryParams =
  | string
  | URLSearchParams
  | Iterable<readonly [string, string | number | boolean | bigint]>
  | Readonly<Record<string, QueryValue | readonly QueryValue[] | null | undefined>>

export type QueryValue = string | number | boolean | bigint

export type HeadersInput =
  | Headers
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** What requests of a session have in common, and each may say for itself. */
export interface CommonOptions extends ConnectionOptions {
  /** On top of the session's, by name. */
  headers?: HeadersInput | undefined
  auth?: Authorization | null | undefined
  /** In ms; a number is the total. */
  timeout?: ClientTimeout | number | null | undefined
  /** How many redirects are followed; 10 by default. */
  maxRedirects?: number | undefined
  raiseForStatus?: RaiseForStatus | undefined
  /** Those of a request take the place of the session's. */
  middlewares?: readonly Middleware[] | undefined
  /** A number is how many times it is sent again; none by default. */
  retry?: RetryOptions | number | null | undefined
}

/** What a request may say. */
export interface RequestOptions extends CommonOptions {
  /** Goes to the query of the URL, behind what it has. */
  params?: QueryParams | undefined
  /** The body: bytes, text, a form, a stream. */
  data?: BodyInput | undefined
  /** The body, as JSON. */
  json?: unknown
  /** On top of the jar's, for this request and its redirects to the same origin; as in a jar. */
  cookies?: Readonly<Record<string, string>> | undefined
  /** False hands out the redirect itself. */
  allowRedirects?: boolean | undefined
  /** Sends the body compressed by this coding. */
  compress?: 'gzip' | 'deflate' | 'br' | undefined
  /** False hands out the body as it came, and asks for none that is encoded; the session's by default. */
  decompress?: boolean | undefined
  /** What the trace signals are given as `traceRequestContext`. */
  traceContext?: unknown
}

/** What a session is made with. */
export interface ClientSessionOptions extends CommonOptions {
  /** What relative URLs are relative to; its path must end in `/`. */
  baseUrl?: string | URL | undefined
  /** Cookies for every host, put into the jar. */
  cookies?: Readonly<Record<string, string>> | undefined
  /** A `CookieJar` of its own by default; a `DummyCookieJar` keeps nothing. */
  cookieJar?: AbstractCookieJar | undefined
  /** The session's way to the network; one of its own by default, which is closed with it. */
  connector?: TCPConnector | undefined
  /** Closing the session closes the connector that it was given; true by default. */
  connectorOwner?: boolean | undefined
  /** Takes proxies from the environment (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`) and passwords from `.netrc`. */
  trustEnv?: boolean | undefined
  /** What `User-Agent` says; null for nothing. */
  userAgent?: string | null | undefined
  /** Bodies are handed out decoded (gzip, deflate, br; zstd where Node has it); true by default. */
  decompress?: boolean | undefined
  traceConfigs?: readonly TraceConfig[] | undefined
  /** Makes the text of `json`; `JSON.stringify` by default. */
  jsonSerialize?: ((value: unknown) => string) | undefined
}

/** What following redirects needs to know of its session. */
export interface RedirectPlan {
  readonly maxRedirects: number
  /** Sends one hop: cookies from the jar, middlewares, connection, cookies into the jar. */
  readonly handler: RequestHandler
  /** Told of each redirect before it is followed. */
  readonly onRedirect: ((request: ClientRequest, response: ClientResponse) => void) | null
}
