import type { Authorization } from '../base/authorization.ts'

/**
 * A name and a password for `auth`: RFC 7617. aiohttp.BasicAuth; `encoding` is UTF-8 by default, as
 * servers expect it today.
 *
 * @example
 * ```ts
 * const auth = new BasicAuth('user', 'open sesame')
 * auth.encode() // => 'Basic dXNlcjpvcGVuIHNlc2FtZQ=='
 * BasicAuth.decode(auth.encode()).password // => 'open sesame'
 * ```
 */
export class BasicAuth implements Authorization {
  readonly login: string
  readonly password: string
  readonly encoding: 'utf8' | 'latin1'
  readonly #encoded: string

  /** @throws {@link RangeError} if the login has a colon in it, or what the encoding lacks */
  constructor(login: string, password = '', encoding: 'utf8' | 'latin1' = 'utf8') {
    if (login.includes(':')) {
      throw new RangeError('a login of basic authentication can have no colon in it (RFC 7617)')
    }
    const pair = `${login}:${password}`
    if (encoding === 'latin1' && /[^\0-\xff]/.test(pair)) {
      throw new RangeError("expected a login and a password of latin1: use the encoding 'utf8'")
    }
    this.login = login
    this.password = password
    this.encoding = encoding
    this.#encoded = `Basic ${Buffer.from(pair, encoding).toString('base64')}`
  }

  /** What an `Authorization` header says: the way back from `encode`. @throws {@link RangeError} if it is no basic one */
  static decode(header: string, encoding: 'utf8' | 'latin1' = 'utf8'): BasicAuth {
    const [, encoded] = /^ *basic +([A-Za-z0-9+/]*={0,2}) *$/i.exec(header) ?? []
    const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString(encoding)
    const colon = pair.indexOf(':')
    if (colon < 0)
      throw new RangeError("expected 'Basic ' and base64 of a login, ':' and a password")
    return new BasicAuth(pair.slice(0, colon), pair.slice(colon + 1), encoding)
  }

  /** The name and the password of a URL, percent-decoded; null if it has none. */
  static fromUrl(url: string | URL, encoding: 'utf8' | 'latin1' = 'utf8'): BasicAuth | null {
    const { username, password } = new URL(url)
    if (username === '' && password === '') return null
    return new BasicAuth(percentDecode(username), percentDecode(password), encoding)
  }

  encode(): string {
    return this.#encoded
  }

  toString(): string {
    return `<BasicAuth ${this.login}>`
  }
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
