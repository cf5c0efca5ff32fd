/**
 * Requests that block: for worker threads and plain scripts, in the words of Python's requests.
 *
 * @module
 */
import type { Response } from './sync/response.ts'
import { Session, type SyncRequestOptions } from './sync/session.ts'

export { BasicAuth } from './auth/basic-auth.ts'
export { CookieJar, type CookieJarOptions } from './cookies/cookie-jar.ts'
export {
  ClientError,
  ClientPayloadError,
  InvalidURL,
  NonHttpUrlError,
  RedirectError,
} from './errors/client-error.ts'
export {
  ClientConnectionError,
  ClientConnectorCertificateError,
  ClientConnectorDNSError,
  ClientConnectorError,
  ClientConnectorSSLError,
  ServerDisconnectedError,
  ServerTimeoutError,
} from './errors/connection-errors.ts'
export { ClientResponseError, TooManyRedirects } from './errors/response-errors.ts'
export { Response } from './sync/response.ts'
export {
  Session,
  type SyncBody,
  type SyncCommonOptions,
  type SyncRequestOptions,
  type SyncSessionOptions,
} from './sync/session.ts'

/**
 * Makes one request in a session of its own, and blocks the thread until the whole answer is here.
 * See `Session.request`. requests.request.
 */
export function request(method: string, url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().request(method, url, options)
}

/**
 * Makes a GET request, and blocks the thread until the whole answer is here. requests.get.
 *
 * @throws {@link ClientError} if there is no answer; a status of 404 is one
 *
 * @example
 * ```ts no-run
 * const response = get('https://example.org/', { timeout: 5_000 })
 * response.raiseForStatus()
 * console.log(response.headers.get('content-type'), response.text().length)
 * ```
 */
export function get(url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().get(url, options)
}

/** Makes a HEAD request, without following redirects. requests.head. */
export function head(url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().head(url, options)
}

/** Makes a POST request. requests.post. */
export function post(url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().post(url, options)
}

/** Makes a PUT request. requests.put. */
export function put(url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().put(url, options)
}

/** Makes a PATCH request. requests.patch. */
export function patch(url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().patch(url, options)
}

/** Makes a DELETE request; `delete` is no name for a function. requests.delete. */
export function del(url: string | URL, options?: SyncRequestOptions): Response {
  return new Session().delete(url, options)
}
