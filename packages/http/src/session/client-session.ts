import { type Coroutine, RuntimeError } from 'hocket'
import type { AbstractCookieJar } from '../base/abstract-cookie-jar.ts'
import { DEFAULT_TIMEOUT, resolveTimeout } from '../base/client-timeout.ts'
import { TCPConnector } from '../connector/tcp-connector.ts'
import { CookieJar } from '../cookies/cookie-jar.ts'
import type { ClientResponse } from '../message/client-response.ts'
import type { EventStream } from '../sse/event-stream.ts'
import type { ClientWebSocketResponse } from '../websocket/client-websocket-response.ts'
import { HeaderDefaults } from './build-headers.ts'
import { connectionOf } from './build-request.ts'
import { UrlBuilder } from './build-url.ts'
import type { ClientSessionOptions, RequestOptions } from './options.ts'
import { perform, runMiddleware } from './perform.ts'
import { resolveRetry } from './retry-options.ts'
import { openEvents, type SseOptions } from './sse.ts'
import type { SessionState } from './state.ts'
import { type WSConnectOptions, wsConnect } from './ws-connect.ts'

/**
 * Makes requests: with connections, cookies and settings in common. Make one for a program, or for
 * each server that it talks to, not for each request. aiohttp.ClientSession.
 *
 * A request gives its answer when the headers are here. Cancelling a task that waits for it, or reads
 * its body, lets go at once: also while the request is queued or connecting; its place is free, and
 * the connection is closed.
 *
 * @example
 * ```ts
 * const fetchTitle = coroutine(async (session: ClientSession, url: string) => {
 *   await using response = await session.get(url)
 *   response.raiseForStatus()
 *   return /<title>(.*?)</.exec(await response.text())?.[1]
 * })
 * ```
 */
export class ClientSession implements AsyncDisposable {
  readonly #state: SessionState
  readonly #ownsConnector: boolean
  #isClosed = false

  /**
   * @throws {@link InvalidURL} if `baseUrl` or `proxy` is none
   * @throws {@link RangeError} if a time or a number in `options` makes no sense
   */
  constructor(options: ClientSessionOptions = {}) {
    const { connector, cookieJar = new CookieJar(), cookies, maxRedirects = 10 } = options
    if (cookies !== undefined) cookieJar.updateCookies(cookies)
    if (!(maxRedirects >= 0)) {
      throw new RangeError(`maxRedirects expected 0 or more, got ${maxRedirects}`)
    }
    this.#ownsConnector = connector === undefined || (options.connectorOwner ?? true)
    const connection = connectionOf(options)
    this.#state = {
      session: this,
      connector:
        connector ?? new TCPConnector({ ...connection, trustEnv: options.trustEnv === true }),
      urls: new UrlBuilder(options.baseUrl),
      headers: new HeaderDefaults(options.headers, options.userAgent),
      cookieJar,
      auth: options.auth ?? null,
      timeout: resolveTimeout(options.timeout, DEFAULT_TIMEOUT),
      // A connector of its own knows them already.
      connection: connector === undefined ? null : connection,
      maxRedirects,
      raiseForStatus: options.raiseForStatus ?? false,
      middlewares: options.middlewares?.map(runMiddleware) ?? [],
      retry: resolveRetry(options.retry, null),
      decompress: options.decompress ?? true,
      trustEnv: options.trustEnv === true,
      traceConfigs: options.traceConfigs ?? [],
      jsonSerialize: options.jsonSerialize ?? JSON.stringify,
    }
  }

  get closed(): boolean {
    return this.#isClosed
  }

  get connector(): TCPConnector {
    return this.#state.connector
  }

  get cookieJar(): AbstractCookieJar {
    return this.#state.cookieJar
  }

  /**
   * Sends a request. With `total` over, or no answer to be had, what is open is closed.
   *
   * @throws {@link InvalidURL} if `url` is none; {@link NonHttpUrlError} if it is not one of HTTP
   * @throws {@link ClientConnectionError} if there is no connection, or it breaks off
   * @throws {@link ServerTimeoutError} if one of its times is over
   * @throws {@link TooManyRedirects} after `maxRedirects` of them
   * @throws {@link ClientResponseError} if `raiseForStatus` says so
   * @throws {@link RuntimeError} if the session is closed
   */
  request(method: string, url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    this.#checkOpen()
    return perform(this.#state, method, url, options)
  }

  /** Sends a GET request; see `request`. */
  get(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('GET', url, options)
  }

  /** Sends an OPTIONS request; see `request`. */
  options(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('OPTIONS', url, options)
  }

  /** Sends a HEAD request; see `request`. Redirects are not followed unless `allowRedirects` says so. */
  head(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('HEAD', url, { allowRedirects: false, ...options })
  }

  /** Sends a POST request; see `request`. */
  post(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('POST', url, options)
  }

  /** Sends a PUT request; see `request`. */
  put(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('PUT', url, options)
  }

  /** Sends a PATCH request; see `request`. */
  patch(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('PATCH', url, options)
  }

  /** Sends a DELETE request; see `request`. */
  delete(url: string | URL, options?: RequestOptions): Coroutine<ClientResponse> {
    return this.request('DELETE', url, options)
  }

  /**
   * Opens a WebSocket, to a URL of `ws:`, `wss:`, `http:` or `https:`. It has the cookies and headers of
   * the session, and goes through its proxy; it does not count for the connector's limits, and ends
   * when the connector is closed. aiohttp's `ws_connect`.
   *
   * Cancelling it hangs up at once.
   *
   * @throws {@link WSServerHandshakeError} if the server does not agree
   * @throws {@link ClientConnectionError} if there is no connection
   * @throws {@link ConnectionTimeoutError} if that takes too long
   * @throws {@link RuntimeError} if the session is closed
   *
   * @example
   * ```ts no-run
   * const talk = coroutine(async (session: ClientSession, url: string) => {
   *   await using ws = await session.wsConnect(url, { heartbeat: 30_000 })
   *   await ws.sendStr('hello')
   *   for await (const message of ws) console.log(message.data)
   * })
   * ```
   */
  wsConnect(url: string | URL, options?: WSConnectOptions): Coroutine<ClientWebSocketResponse> {
    this.#checkOpen()
    return wsConnect(this.#state, url, options)
  }

  /**
   * Opens a stream of events that the server sends, and keeps it open: see {@link EventStream}. What
   * keeps the first connection from standing is thrown here.
   *
   * @throws {@link ClientResponseError} if the server refuses, or sends something else
   * @throws {@link ClientConnectionError} if there is no connection
   * @throws {@link RuntimeError} if the session is closed
   *
   * @example
   * ```ts no-run
   * const watch = coroutine(async (session: ClientSession, url: string) => {
   *   await using events = await session.sse(url)
   *   for await (const { type, data } of events) console.log(type, data)
   * })
   * ```
   */
  sse(url: string | URL, options?: SseOptions): Coroutine<EventStream> {
    this.#checkOpen()
    return openEvents(this.#state, url, options)
  }

  /** Closes its connector, and so all that is under way, unless the connector is somebody else's. */
  close(): PromiseLike<void> {
    if (!this.#isClosed) {
      this.#isClosed = true
      if (this.#ownsConnector) return this.#state.connector.close()
    }
    return Promise.resolve()
  }

  /** For `await using` and `use()`. */
  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.close()
  }

  #checkOpen(): void {
    if (!this.#isClosed) return
    throw new RuntimeError('the session is closed: make a new one', { code: 'ERR_HTTP_CLOSED' })
  }
}
