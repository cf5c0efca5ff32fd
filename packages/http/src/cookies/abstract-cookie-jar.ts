import type { Cookie, LooseCookies } from './cookie.ts'

/**
 * What a session asks of a cookie jar. All of it is synchronous: a jar is asked in the middle of a
 * request. aiohttp.abc.AbstractCookieJar.
 */
export interface AbstractCookieJar extends Iterable<Cookie> {
  /** How many cookies there are, as far as none has ended meanwhile. */
  readonly size: number
  /** Takes cookies given by hand; without a URL they go to every host. */
  updateCookies(cookies: LooseCookies, responseUrl?: string | URL): void
  /** Takes the `Set-Cookie` headers of a response from `responseUrl`. */
  updateCookiesFromHeaders(lines: readonly string[], responseUrl: string | URL): void
  /** The names and values that go with a request for `requestUrl`. */
  filterCookies(requestUrl: string | URL): Map<string, string>
  /** Forgets the cookies that `predicate` is true for; all of them without one. */
  clear(predicate?: (cookie: Cookie) => boolean): void
  /** Forgets the cookies of `domain` and of the hosts below it. */
  clearDomain(domain: string): void
}

/** Keeps no cookie and sends none. aiohttp.DummyCookieJar. */
export class DummyCookieJar implements AbstractCookieJar {
  get size(): number {
    return 0
  }

  updateCookies(_cookies: LooseCookies, _responseUrl?: string | URL): void {}

  updateCookiesFromHeaders(_lines: readonly string[], _responseUrl: string | URL): void {}

  filterCookies(_requestUrl: string | URL): Map<string, string> {
    return new Map()
  }

  clear(_predicate?: (cookie: Cookie) => boolean): void {}

  clearDomain(_domain: string): void {}

  [Symbol.iterator](): Iterator<Cookie> {
    return [][Symbol.iterator]()
  }
}
