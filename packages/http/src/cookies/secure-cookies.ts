import type { Cookie as ToughCookie } from 'tough-cookie'
import { tough } from './tough-cookie.ts'

/**
 * Whether a cookie from `url`, which is not secure, would stand in the place of one of `secure`, or in
 * front of it. Who sits on such a connection could choose the cookies of one that is: RFC 6265bis 5.7.
 */
export function wouldHide(
  cookie: ToughCookie,
  url: string,
  secure: readonly ToughCookie[],
): boolean {
  if (secure.length === 0) return false
  const { defaultPath, pathMatch } = tough()
  const { hostname, pathname } = new URL(url)
  const domain = cookie.cdomain() ?? hostname
  const path = cookie.path ?? defaultPath(pathname)
  return secure.some(
    (one) =>
      one.key === cookie.key &&
      (isBelow(one.domain ?? '', domain) || isBelow(domain, one.domain ?? '')) &&
      pathMatch(path, one.path ?? '/'),
  )
}

/** It is what the prefix of its name promises, however that is spelled: RFC 6265bis 5.7. */
export function keepsPrefix({ key, secure, domain, path }: ToughCookie, url: string): boolean {
  if (!/^__(secure|host)-/i.test(key)) return true
  if (!secure || !url.startsWith('https:')) return false
  return /^__secure-/i.test(key) || (domain === null && path === '/')
}

/** `host` is `domain`, or a host below it. */
function isBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}
