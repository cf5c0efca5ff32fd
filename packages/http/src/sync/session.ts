import { BasicAuth } from '../auth/basic-auth.ts'
import type { Authorization } from '../base/authorization.ts'
import { DEFAULT_TIMEOUT } from '../base/client-timeout.ts'
import { BytesBody } from '../body/bytes-body.ts'
import { makeBody, makeJsonBody } from '../body/make-body.ts'
import type { RequestBody } from '../body/request-body.ts'
import type { SslOption } from '../connector/connection-options.ts'
import { checkCookies } from '../cookies/cookie.ts'
import { CookieJar } from '../cookies/cookie-jar.ts'
import { ServerTimeoutError } from '../errors/connection-errors.ts'
import { TooManyRedirects } from '../errors/response-errors.ts'
import { ClientRequest } from '../message/client-request.ts'
import { HeaderDefaults } from '../session/build-headers.ts'
import { UrlBuilder } from '../session/build-url.ts'
import type { HeadersInput, QueryParams } from '../session/options.ts'
import { nextHop } from '../session/redirect.ts'
import { errorOf } from './failures.ts'
import { TOO_LATE, theHelper } from './helper.ts'
import { headersOf, Response } from './response.ts'

/** A body that is all there: text, bytes, or a form. */
export type SyncBody =
  | string
  | Uint8Array
  | ArrayBuffer
  | URLSearchParams
  | Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>

/** What requests of a session have in common, and each may say for itself. */
export interface SyncCommonOptions {
  headers?: HeadersInput
  auth?: Authorization | null
  /** The most that all of it may take, with redirects and the body, in ms; 300,000 by default, null is for ever. */
  timeout?: number | null
  /** How many redirects are followed; 10 by default. */
  maxRedirects?: number
  /** The most bytes that a body may have; no limit by default. */
  maxBytes?: number
  /** How a server's certificate is checked: false for not at all, an object for options of `tls.connect` that can travel to another thread. */
  ssl?: SslOption
  /**
   * Called every 20 ms while the thread is blocked; what it throws ends the request. Give it the
   * `checkCancelled` of `@hocket/executors` where a worker calls this, and the worker can be interrupted.
   */
  checkCancelled?: () => void
}

/** What a request may say. */
export interface SyncRequestOptions extends SyncCommonOptions {
  /** Goes to the query of the URL, behind what it has. */
  params?: QueryParams
  data?: SyncBody
  /** The body, as JSON. */
  json?: unknown
  /** On top of the session's, for this request and its redirects to the same origin. */
  cookies?: Readonly<Record<string, string>>
  /** False hands out the redirect itself. */
  allowRedirects?: boolean
}

/** What a session is made with. */
export interface SyncSessionOptions extends SyncCommonOptions {
  /** What relative URLs are relative to; its path must end in `/`. */
  baseUrl?: string | URL
  cookieJar?: CookieJar
}

/**
 * Makes requests that block the thread until the whole answer is here: for threads that do nothing
 * else, such as workers of an executor, and for plain scripts. On the thread of an event loop
 * everything else stands still meanwhile; there `ClientSession` is what you want. requests.Session.
 */
export class Session {
  readonly cookieJar: CookieJar
  readonly #options: SyncSessionOptions
  readonly #urls: UrlBuilder
  readonly #headers: HeaderDefaults

  /** @throws {@link InvalidURL} if `baseUrl` is none */
  constructor(options: SyncSessionOptions = {}) {
    this.cookieJar = options.cookieJar ?? new CookieJar()
    this.#options = options
    this.#urls = new UrlBuilder(options.baseUrl)
    this.#headers = new HeaderDefaults(options.headers, undefined)
  }

  /**
   * Makes a request, and blocks until its whole answer is here. A status of 404 is an answer.
   *
   * @throws {@link InvalidURL} if `url` is none
   * @throws {@link ClientConnectionError} if there is no answer
   * @throws {@link ServerTimeoutError} if it takes longer than `timeout`
   * @throws {@link ClientPayloadError} if the body breaks off, or is longer than `maxBytes`
   * @throws {@link TooManyRedirects} after `maxRedirects` of them
   */
  request(method: string, url: string | URL, options: SyncRequestOptions = {}): Response {
    const all = { ...this.#options, ...options }
    const { timeout = DEFAULT_TIMEOUT.total, maxRedirects = 10, maxBytes = Infinity } = all
    if (timeout !== null && !(timeout >= 0)) {
      throw new RangeError(`timeout expected a time in ms of 0 or more, or null, got ${timeout}`)
    }
    const deadline = timeout === null || timeout === 0 ? Infinity : performance.now() + timeout
    const history: Response[] = []
    let hop = this.#build(method, url, all)
    for (;;) {
      const response = this.#send(hop, { ...all, maxBytes, deadline, history })
      const next = all.allowRedirects === false ? null : nextHop(hop, response)
      if (next === null) return response
      history.push(response)
      if (history.length > maxRedirects) throw tooMany(hop, history, maxRedirects)
      hop = next
    }
  }

  get(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('GET', url, options)
  }

  options(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('OPTIONS', url, options)
  }

  /** Redirects are not followed unless `allowRedirects` says so. */
  head(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('HEAD', url, { allowRedirects: false, ...options })
  }

  post(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('POST', url, options)
  }

  put(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('PUT', url, options)
  }

  patch(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('PATCH', url, options)
  }

  delete(url: string | URL, options?: SyncRequestOptions): Response {
    return this.request('DELETE', url, options)
  }

  #build(method: string, url: string | URL, options: SyncRequestOptions): ClientRequest {
    const target = this.#urls.build(url, options.params)
    const body = bodyOf(options)
    checkCookies(options.cookies ?? {})
    return new ClientRequest({
      method,
      target,
      rawHeaders: this.#headers.build(options.headers, body, true),
      body,
      cookies: options.cookies ?? null,
      auth: options.auth ?? null,
      timeout: DEFAULT_TIMEOUT,
      connection: null,
      decompress: true,
      trace: null,
    })
  }

  #send(request: ClientRequest, plan: SendPlan): Response {
    const { url } = request
    const { maxBytes, deadline, checkCancelled, ssl, allowRedirects, history } = plan
    const outcome = theHelper().exchange(
      {
        url: url.href,
        method: request.method,
        headers: this.#headersFor(request),
        body: (request.body as BytesBody | null)?.open() ?? null,
        maxBytes,
        skipsRedirects: allowRedirects !== false,
        tls: tlsOf(ssl),
      },
      { deadline, checkCancelled },
    )
    if (outcome === TOO_LATE) {
      throw new ServerTimeoutError(
        `${request.method} ${url.href} did not end within ${plan.timeout ?? DEFAULT_TIMEOUT.total} ms`,
      )
    }
    if ('phase' in outcome) throw errorOf(outcome, request)
    const headers = headersOf(outcome.rawHeaders)
    this.cookieJar.storeSetCookies(headers.getSetCookie(), url)
    return new Response(request, headers, outcome, [...history], maxBytes)
  }

  #headersFor(request: ClientRequest): Record<string, string | string[]> {
    const sent: Record<string, string | string[]> = {}
    for (const [name, value] of request.headers) {
      if (name === 'transfer-encoding') {
        throw new TypeError('a request expected no Transfer-Encoding: its body has a length')
      }
      const before = sent[name]
      sent[name] = before === undefined ? value : [before, value].flat()
    }
    const { body, cookies, url } = request
    const { username, password } = request._resolveTarget()
    const hasLogin = username !== '' || password !== ''
    const auth = hasLogin ? new BasicAuth(username, password) : request.auth
    // Node leaves it out for methods that seldom have a body, and sends the body all the same.
    if (body !== null) sent['content-length'] = String(body.length)
    if (auth !== null) sent['authorization'] ??= auth.encode()
    const all = new Map([...this.cookieJar.filterCookies(url), ...Object.entries(cookies ?? {})])
    const pairs = Array.from(all, ([name, value]) => `${name}=${value}`)
    if (pairs.length > 0) sent['cookie'] ??= pairs.join('; ')
    return sent
  }
}

interface SendPlan extends SyncRequestOptions {
  readonly maxBytes: number
  readonly deadline: number
  readonly history: readonly Response[]
}

function bodyOf({ data, json }: SyncRequestOptions): RequestBody | null {
  if (json !== undefined) {
    if (data !== undefined) throw new TypeError('a request expected data or json, got both')
    return makeJsonBody(JSON.stringify(json))
  }
  if (data === undefined) return null
  const body = makeBody(data)
  if (body instanceof BytesBody) return body
  throw new TypeError(
    'data expected text, bytes or a form: a stream can not be read while its thread is blocked',
  )
}

/** The helper is another thread. */
function tlsOf(ssl: SslOption | undefined): object {
  if (ssl === false) return { rejectUnauthorized: false }
  if (typeof ssl !== 'object') return {}
  try {
    return structuredClone(ssl)
  } catch (error) {
    throw new TypeError(
      `ssl expected options of tls.connect that can travel to another thread (text, bytes, numbers, lists): ${(error as Error).message} Give it ca, cert and key, or use ClientSession`,
      { cause: error },
    )
  }
}

function tooMany(request: ClientRequest, history: Response[], most: number): TooManyRedirects {
  const { status, statusText, headers } = history.at(-1) as Response
  return new TooManyRedirects(
    `expected at most ${most} redirects from ${history[0]?.url.href}, got one more, to ${headers.get('location')}: the server may send them in a circle`,
    { requestInfo: request.requestInfo, history, status, statusText, headers },
  )
}
