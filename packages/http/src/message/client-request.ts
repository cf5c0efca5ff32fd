import type { Authorization } from '../base/authorization.ts'
import type { ResolvedTimeout } from '../base/client-timeout.ts'
import { Target } from '../base/target.ts'
import type { RequestBody } from '../body/request-body.ts'
import type { ConnectionOptions } from '../connector/connection-options.ts'
import type { RequestInfo } from '../errors/response-errors.ts'
import type { TraceRun } from '../trace/trace-run.ts'

/** What a request is made of; the session fills it in. */
export interface RequestParts {
  method: string
  target: Target
  /** Names and values by turns; belongs to the request from now on, or is never changed. */
  rawHeaders: readonly string[]
  body: RequestBody | null
  /** Those of this request alone, on top of the jar's; null for none. */
  cookies: Readonly<Record<string, string>> | null
  auth: Authorization | null
  timeout: ResolvedTimeout
  connection: ConnectionOptions | null
  decompress: boolean
  trace: TraceRun | null
  /** A redirect has led it to another origin: no passwords go along. False when left out. */
  isAway?: boolean
}

/**
 * One request on its way to the server: what middlewares see, and may change before they hand it on.
 * Each hop of a redirect and each try of a retry has one of its own. aiohttp.ClientRequest.
 */
export class ClientRequest {
  declare method: string
  declare body: RequestBody | null
  declare auth: Authorization | null
  declare cookies: Readonly<Record<string, string>> | null
  /** The body of the answer is handed out decoded. */
  declare decompress: boolean
  /** @internal */ declare _timeout: ResolvedTimeout
  /** @internal */ declare _connection: ConnectionOptions | null
  /** @internal */ declare _trace: TraceRun | null
  /** @internal A redirect has led it to another origin: no passwords go along. */
  declare _isAway: boolean
  declare private _target: Target
  declare private _url: URL | null
  declare private _rawHeaders: readonly string[]
  // Made when somebody looks; from then on it is what counts.
  declare private _headers: Headers | null

  /** @internal */
  constructor(parts: RequestParts) {
    this.method = parts.method
    this.body = parts.body
    this.auth = parts.auth
    this.cookies = parts.cookies
    this.decompress = parts.decompress
    this._timeout = parts.timeout
    this._connection = parts.connection
    this._trace = parts.trace
    this._isAway = parts.isAway === true
    this._target = parts.target
    this._url = null
    this._rawHeaders = parts.rawHeaders
    this._headers = null
  }

  /** Where it goes. It may be changed in place, or set. */
  get url(): URL {
    this._url ??= new URL(this._target.href)
    return this._url
  }

  set url(url: URL | string) {
    this._url = null
    this._target = Target.parse(String(url))
  }

  /** Those of the user and the session; the connection adds its own (`Host`, `Content-Length`). */
  get headers(): Headers {
    if (this._headers === null) {
      const headers = new Headers()
      for (let i = 0; i < this._rawHeaders.length; i += 2) {
        headers.append(this._rawHeaders[i] as string, this._rawHeaders[i + 1] as string)
      }
      this._headers = headers
    }
    return this._headers
  }

  /** The same request once more, with `changes`; its headers are a copy. */
  copy(
    changes: { url?: URL | string; method?: string; body?: RequestBody | null } = {},
  ): ClientRequest {
    const { url, method = this.method, body = this.body } = changes
    return new ClientRequest({
      method,
      target: url === undefined ? this._resolveTarget() : Target.parse(String(url)),
      rawHeaders: this._listHeaders(),
      body,
      cookies: this.cookies,
      auth: this.auth,
      timeout: this._timeout,
      connection: this._connection,
      decompress: this.decompress,
      trace: this._trace,
      isAway: this._isAway,
    })
  }

  /** It as errors show it. */
  get requestInfo(): RequestInfo {
    const realUrl = new URL(this._resolveTarget().href)
    const url = new URL(realUrl)
    url.hash = ''
    return { url, realUrl, method: this.method, headers: new Headers(this.headers) }
  }

  toString(): string {
    return `<ClientRequest ${this.method} ${this._resolveTarget().shown}>`
  }

  /** @internal Where it goes now, after whatever was done to its URL. */
  _resolveTarget(): Target {
    const url = this._url
    if (url !== null && url.href !== this._target.href) this._target = Target.parse(url.href)
    return this._target
  }

  /** @internal Names and values by turns. */
  _listHeaders(): readonly string[] {
    if (this._headers === null) return this._rawHeaders
    const list: string[] = []
    for (const [name, value] of this._headers) list.push(name, value)
    return list
  }
}
