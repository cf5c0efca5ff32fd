import { RedirectError } from '../errors/client-error.ts'
import { stripAuthFromUrl } from '../errors/strip-auth-from-url.ts'

/** What is known when an answer comes that may be a redirect. */
export interface RedirectInput {
  readonly method: string
  readonly url: URL
  /** There is a body, and it can't be sent once more. */
  readonly isBodySpent: boolean
  readonly status: number
  /** The header `Location`, or `URI`, null without. */
  readonly location: string | null
}

/** How the request goes on. */
export interface RedirectStep {
  readonly method: string
  readonly url: URL
  /** The next request has no body, and no header that speaks of one. */
  readonly dropsBody: boolean
  /** It goes to somebody else, who must not get passwords and cookies that were meant for the first. */
  readonly stripsCredentials: boolean
  /** A `Host` that the user has set is not that of the next one. */
  readonly changesHost: boolean
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Where an answer leads, and how; null for one that is no redirect. By aiohttp's rules, which are the
 * browsers': 303 makes everything but HEAD a GET, 301 and 302 make a POST a GET, 307 and 308 repeat
 * the request as it was. The fragment is inherited (RFC 9110 10.2.2).
 *
 * @throws {@link RedirectError} if it can't be followed
 */
export function stepRedirect(input: RedirectInput): RedirectStep | null {
  const { method, url, status, location } = input
  if (!REDIRECTS.has(status) || location === null) return null
  const target = targetOf(location, url)
  const becomesGet =
    (status === 303 && method !== 'HEAD') ||
    ((status === 301 || status === 302) && method === 'POST')
  if (!becomesGet && input.isBodySpent) {
    throw new RedirectError(
      `expected a body that can be sent again, as ${status} asks for; got a stream that has been sent: give bytes, or follow redirects yourself (allowRedirects: false)`,
      { location },
    )
  }
  if (target.hash === '') target.hash = url.hash
  return {
    method: becomesGet ? 'GET' : method,
    url: target,
    dropsBody: becomesGet,
    stripsCredentials: target.origin !== url.origin && !isUpgrade(url, target),
    changesHost: target.host !== url.host,
  }
}

function targetOf(location: string, base: URL): URL {
  // What a header holds are bytes: a server that sends UTF-8 without escapes means UTF-8.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  const readable = text.includes('\ufffd') ? location : text
  const target = URL.canParse(readable, base.href) ? new URL(readable, base) : null
  if (target !== null && (target.protocol === 'http:' || target.protocol === 'https:'))
    return target
  throw new RedirectError(
    `expected a redirect to a URL of http: or https:, got ${JSON.stringify(stripAuthFromUrl(location))}`,
    { location },
  )
}

/** From http to https of the same host, on the ports that are theirs. */
function isUpgrade(from: URL, to: URL): boolean {
  return (
    from.protocol === 'http:' &&
    to.protocol === 'https:' &&
    from.hostname === to.hostname &&
    from.port === '' &&
    to.port === ''
  )
}

/** The headers that are for one server alone. */
export const CREDENTIAL_HEADERS: readonly string[] = [
  'authorization',
  'cookie',
  'proxy-authorization',
]

/** The headers that speak of a body. Fetch, "HTTP-redirect fetch". */
export const BODY_HEADERS: readonly string[] = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
  'transfer-encoding',
]
