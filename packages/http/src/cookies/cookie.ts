import type { Cookie as ToughCookie } from 'tough-cookie'
import { tough } from './tough-cookie.ts'

/** A cookie as a jar holds it. */
export interface Cookie {
  readonly name: string
  readonly value: string
  /** The host that it belongs to; empty for one that goes to every host. */
  readonly domain: string
  readonly path: string
  /** It goes to `domain` alone, not to the hosts below it. */
  readonly hostOnly: boolean
  readonly secure: boolean
  readonly httpOnly: boolean
  /** `'strict'`, `'lax'` or `'none'`; undefined where the server did not say. */
  readonly sameSite: string | undefined
  /** When it ends; null for one that lives as long as its jar. */
  readonly expires: Date | null
}

/** What may be said of a cookie that is given by hand. */
export type CookieAttributes = { readonly value: string } & Partial<
  Omit<Cookie, 'name' | 'hostOnly'>
>

/** Cookies given by hand: names and values, or values with attributes. */
export type LooseCookies =
  | Readonly<Record<string, string | CookieAttributes>>
  | Iterable<readonly [name: string, value: string | CookieAttributes]>

/** The pairs of `cookies`, checked. */
export function* pairsOf(cookies: LooseCookies): Generator<[string, CookieAttributes]> {
  const pairs = Symbol.iterator in cookies ? cookies : Object.entries(cookies)
  for (const [name, given] of pairs as Iterable<readonly [string, string | CookieAttributes]>) {
    const attributes = typeof given === 'string' ? { value: given } : given
    checkPair(name, attributes.value)
    yield [name, attributes]
  }
}

/** @throws {@link RangeError} if one of them can't be sent as one cookie */
export function checkCookies(cookies: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(cookies)) checkPair(name, value)
}

// RFC 6265 4.1.1: a name is a token. Values are taken as browsers take them: all but what would end
// the pair or the header, and what no header can hold.
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const VALUE = /^[^;\p{Cc}\u0100-\u{10ffff}]*$/u

function checkPair(name: string, value: unknown): asserts value is string {
  if (!NAME.test(name)) {
    throw new RangeError(`expected the name of a cookie to be a token, got ${JSON.stringify(name)}`)
  }
  if (typeof value !== 'string' || !VALUE.test(value)) {
    throw new RangeError(
      `expected the value of the cookie ${name} to be a string of Latin-1 without ';' and control characters, got ${JSON.stringify(value)}: encode it (encodeURIComponent)`,
    )
  }
}

/** The cookies of `Set-Cookie` headers, by name; of several of one name the last. What can't be read is left out. */
export function parseSetCookies(lines: readonly string[]): Map<string, Cookie> {
  const found = new Map<string, Cookie>()
  for (const line of lines) {
    const cookie = tough().Cookie.parse(line)
    if (cookie !== undefined) found.set(cookie.key, cookieOf(cookie))
  }
  return found
}

export function cookieOf(cookie: ToughCookie): Cookie {
  const expires = cookie.expiryDate()
  return {
    name: cookie.key,
    value: cookie.value,
    domain: cookie.domain ?? '',
    path: cookie.path ?? '/',
    hostOnly: cookie.hostOnly ?? true,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite,
    expires: cookie.isPersistent() && expires !== undefined ? expires : null,
  }
}
