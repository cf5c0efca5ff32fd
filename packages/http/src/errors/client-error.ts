import { HocketError } from 'hocket'
import { stripAuthFromUrl } from './strip-auth-from-url.ts'

/** What the errors of a request are made with. */
export interface ClientErrorOptions {
  code?: string
  cause?: unknown
}

/**
 * The base class of what can go wrong with a request: no connection, no answer, an answer that
 * breaks off, or one that was not wanted. aiohttp.ClientError.
 *
 * A request that is cancelled throws `CancelledError`, which is none of these. Timeouts are: each
 * {@link ServerTimeoutError} is a `ClientError` and a `TimeoutError`.
 */
export class ClientError extends HocketError {
  override readonly name: string = 'ClientError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_CLIENT', ...options })
  }
}

/** The body that came is not what its headers promise: it was cut, or can't be decoded. */
export class ClientPayloadError extends ClientError {
  override readonly name: string = 'ClientPayloadError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_PAYLOAD', ...options })
  }
}

/** What was given as a URL can't be asked for. aiohttp.InvalidURL. */
export class InvalidURL extends ClientError {
  override readonly name: string = 'InvalidURL'
  /** What was given, without a password. */
  readonly url: string
  /** What is wrong with it. */
  readonly description: string

  constructor(url: string, description: string, options: ClientErrorOptions = {}) {
    const shown = stripAuthFromUrl(url)
    super(`${description}, got ${JSON.stringify(shown)}`, {
      code: 'ERR_HTTP_INVALID_URL',
      ...options,
    })
    this.url = shown
    this.description = description
  }
}

/** A URL that is neither `http:` nor `https:`. aiohttp.NonHttpUrlClientError. */
export class NonHttpUrlError extends InvalidURL {
  override readonly name: string = 'NonHttpUrlError'

  constructor(url: string, options: ClientErrorOptions = {}) {
    super(url, 'expected a URL of http: or https:', { code: 'ERR_HTTP_NON_HTTP_URL', ...options })
  }
}

/**
 * A redirect that can't be followed: away from HTTP, to no URL at all, or with a body that has been
 * sent already and can't be sent again. aiohttp.ClientRedirectError.
 */
export class RedirectError extends ClientError {
  override readonly name: string = 'RedirectError'
  /** What the server said in `Location`; empty where that is not what is wrong. */
  readonly location: string

  constructor(message: string, options: ClientErrorOptions & { location?: string } = {}) {
    const { location = '', ...rest } = options
    super(message, { code: 'ERR_HTTP_REDIRECT', ...rest })
    this.location = location
  }
}
