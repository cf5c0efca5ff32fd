import { ClientError, type ClientErrorOptions } from './client-error.ts'

/** What was asked, as it was sent. aiohttp.RequestInfo. */
export interface RequestInfo {
  /** Without the fragment. */
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  /** With the fragment. */
  readonly realUrl: URL
}

/** What is known of an answer that was not wanted. */
export interface ResponseErrorOptions extends ClientErrorOptions {
  requestInfo: RequestInfo
  /** A list of `ClientResponse`: the redirects that led here. */
  history?: readonly unknown[]
  status: number
  statusText?: string
  headers?: Headers
}

/** The server answered, and not with what was asked for. aiohttp.ClientResponseError. */
export class ClientResponseError extends ClientError {
  override readonly name: string = 'ClientResponseError'
  readonly requestInfo: RequestInfo
  readonly history: readonly unknown[]
  readonly status: number
  readonly statusText: string
  readonly headers: Headers

  constructor(message: string, options: ResponseErrorOptions) {
    const {
      requestInfo,
      history = [],
      status,
      statusText = '',
      headers = new Headers(),
      ...rest
    } = options
    super(message, { code: 'ERR_HTTP_STATUS', ...rest })
    this.requestInfo = requestInfo
    this.history = history
    this.status = status
    this.statusText = statusText
    this.headers = headers
  }
}

/** More redirects than `maxRedirects`; `history` has them. aiohttp.TooManyRedirects. */
export class TooManyRedirects extends ClientResponseError {
  override readonly name: string = 'TooManyRedirects'

  constructor(message: string, options: ResponseErrorOptions) {
    super(message, { code: 'ERR_HTTP_TOO_MANY_REDIRECTS', ...options })
  }
}

/** `json()` of a body of another type. aiohttp.ContentTypeError. */
export class ContentTypeError extends ClientResponseError {
  override readonly name: string = 'ContentTypeError'

  constructor(message: string, options: ResponseErrorOptions) {
    super(message, { code: 'ERR_HTTP_CONTENT_TYPE', ...options })
  }
}

/** The server did not agree to a WebSocket. aiohttp.WSServerHandshakeError. */
export class WSServerHandshakeError extends ClientResponseError {
  override readonly name: string = 'WSServerHandshakeError'

  constructor(message: string, options: ResponseErrorOptions) {
    super(message, { code: 'ERR_HTTP_HANDSHAKE', ...options })
  }
}

/** A proxy refused to lead to the server; see `status`. aiohttp.ClientHttpProxyError. */
export class ClientHttpProxyError extends ClientResponseError {
  override readonly name: string = 'ClientHttpProxyError'

  constructor(message: string, options: ResponseErrorOptions) {
    super(message, { code: 'ERR_HTTP_PROXY_STATUS', ...options })
  }
}
