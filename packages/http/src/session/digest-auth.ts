import { type Coroutine, coroutine } from 'hocket'
import { DigestAuth } from '../auth/digest-auth.ts'
import { BytesBody } from '../body/bytes-body.ts'
import type { ClientRequest } from '../message/client-request.ts'
import type { ClientResponse } from '../message/client-response.ts'
import type { RequestHandler } from './options.ts'

export interface DigestAuthOptions {
  /** Once a server has asked, further requests to it say who asks without being asked; true by default. */
  preemptive?: boolean
}

/** How often a request is answered by a challenge: one without a nonce, one with an old nonce. */
const MOST_ANSWERS = 2

/**
 * Answers servers that ask for digest authentication: RFC 7616 with MD5, SHA-256 and SHA-512-256 and
 * their `-sess` forms, `auth` and `auth-int`, `userhash`, old nonces. It gives a middleware.
 * aiohttp.DigestAuthMiddleware.
 *
 * A server to which a redirect has led, on another origin, is told nothing. A body that can't be sent
 * twice can't be sent again when the server asks: then its 401 is the answer. So the first request to
 * such a server should be one without a body.
 *
 * @example
 * ```ts
 * const session = new ClientSession({ middlewares: [digestAuth('user', 'secret')] })
 * await session.close()
 * ```
 */
export function digestAuth(
  login: string,
  password: string,
  options: DigestAuthOptions = {},
): (request: ClientRequest, handler: RequestHandler) => Coroutine<ClientResponse> {
  const { preemptive = true } = options
  if (login.includes(':')) {
    throw new RangeError('a login of digest authentication can have no colon in it (RFC 7616)')
  }
  const known = new Map<string, DigestAuth>()
  return coroutine(function* digestAuth(request: ClientRequest, handler: RequestHandler) {
    if (request._isAway || request.headers.has('authorization')) return yield* handler(request)
    const { origin } = request.url
    const auth = known.get(origin) ?? new DigestAuth(login, password)
    let isAuthorized = preemptive && auth.hasChallenge
    for (let answers = 0; ; answers += 1) {
      const sent = request.copy()
      if (isAuthorized) authorize(sent, auth)
      const response = yield* handler(sent)
      const info = response.headers.get('authentication-info')
      if (info !== null) auth.info(info)
      if (response.status !== 401 || answers === MOST_ANSWERS) return response
      const challenge = auth.challenge(response.headers.get('www-authenticate') ?? '')
      if (challenge === null || isSpent(request)) return response
      known.set(origin, auth)
      // The same name and password once more would be refused once more.
      if (isAuthorized && !challenge.isStale && answers > 0) return response
      response.release()
      isAuthorized = true
    }
  })
}

function authorize(request: ClientRequest, auth: DigestAuth): void {
  const { body } = request
  const header = auth.authorize({
    method: request.method,
    uri: request._resolveTarget().path,
    body() {
      if (body === null) return new Uint8Array(0)
      if (body instanceof BytesBody) return body.open()
      throw new TypeError(
        'the server wants the body protected (auth-int), which needs all of it: give bytes in place of a stream',
      )
    },
  })
  if (header !== null) request.headers.set('authorization', header)
}

function isSpent({ body }: ClientRequest): boolean {
  return body?.isUsed === true && !body.isReplayable
}
