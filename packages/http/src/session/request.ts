import { type Coroutine, coroutine } from 'hocket'
import { TCPConnector } from '../connector/tcp-connector.ts'
import type { ClientResponse } from '../message/client-response.ts'
import { ClientSession } from './client-session.ts'
import type { ClientSessionOptions, RequestOptions } from './options.ts'

/** What `request` may be told: of the request, and of the session that it makes for it. */
export interface SingleRequestOptions
  extends RequestOptions,
    Pick<ClientSessionOptions, 'connector' | 'cookieJar' | 'trustEnv' | 'userAgent'> {}

/**
 * Sends one request, with a session for it alone, which is closed with the answer: as soon as its body
 * is here, or the response is closed. A connector that is given stays open. For more than one request, a
 * `ClientSession` is quicker. aiohttp.request.
 *
 * Cancelling it lets go at once, as with `ClientSession.request`, and throws what that throws.
 *
 * @example
 * ```ts
 * const fetchText = coroutine(async (url: string) => {
 *   await using response = await request('GET', url)
 *   return await response.text()
 * })
 * ```
 */
export const request: (
  method: string,
  url: string | URL,
  options?: SingleRequestOptions,
) => Coroutine<ClientResponse> = coroutine(function* request(
  method: string,
  url: string | URL,
  options: SingleRequestOptions = {},
) {
  const { connector, cookieJar, trustEnv, userAgent, ...own } = options
  const session = new ClientSession({
    // Nobody will use its connections again.
    connector: connector ?? new TCPConnector({ forceClose: true, trustEnv: trustEnv === true }),
    connectorOwner: connector === undefined,
    ...(cookieJar !== undefined && { cookieJar }),
    trustEnv,
    userAgent,
  })
  const end = () => void session.close()
  try {
    const response = yield* session.request(method, url, own)
    response._onDone(end)
    return response
  } catch (error) {
    end()
    throw error
  }
})
