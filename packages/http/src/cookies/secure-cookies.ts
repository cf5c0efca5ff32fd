import type { Cookie } from './cookie.ts'
import { tough } from './tough-cookie.ts'

/**
 * Whether a `Set-Cookie` line from `url` would stand in the place of a secure cookie, or in front of it.
 * Who sits on a connection that is not secure could choose the cookies of one that is: RFC 6265bis 5.7.
 */
export function wouldHideSecure(line: string, url: string, kept: () => readonly Cookie[]): boolean {
  if (url.startsWith('https:')) return false
  const { Cookie, defaultPath, pathMatch } = tough()
  const cookie = Cookie.parse(line)
  if (cookie === undefined) return false
  const { hostname, pathname } = new URL(url)
  const domain = cookie.cdomain() ?? hostname
  const path = cookie.path ?? defaultPath(pathname)
  return kept().some(
    (one) =>
      one.secure &&
      one.name === cookie.key &&
      (isBelow(one.domain, domain) || isBelow(domain, one.domain)) &&
      pathMatch(path, one.path),
  )
}

/** `host` is `domain`, or a host below it. */
function isBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}
