import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { abortable, type Coroutine, coroutine } from 'hocket'
import type {
  SerializedCookieJar,
  Cookie as ToughCookie,
  CookieJar as ToughJar,
} from 'tough-cookie'
import type { AbstractCookieJar } from '../base/abstract-cookie-jar.ts'
import {
  type Cookie,
  type CookieAttributes,
  cookieOf,
  type LooseCookies,
  pairsOf,
} from './cookie.ts'
import { keepsPrefix, wouldHide } from './secure-cookies.ts'
import { tough } from './tough-cookie.ts'

export interface CookieJarOptions {
  /** Takes cookies of hosts that are IP addresses, too; they are refused by default. */
  unsafe?: boolean
  /** Origins (`http://intranet:8080`) that `Secure` cookies are taken from and sent to all the same. */
  treatAsSecureOrigin?: string | URL | Iterable<string | URL>
}

/** What `toJSON` gives. */
export interface SavedCookies {
  readonly version: 1
  /** The cookies that go to every host. */
  readonly shared: Readonly<Record<string, string>>
  /** The others, as tough-cookie writes them. */
  readonly jar: SerializedCookieJar | null
}

const FORMAT = 1
// Of a name and its value; RFC 6265bis 5.7. Servers answer headers that are too long with 431 for good.
const MOST_OCTETS = 4096

/**
 * The cookies of a session, in memory. It follows RFC 6265bis: domains, paths, `Secure`, the Public
 * Suffix List, the prefixes `__Host-` and `__Secure-`, 4096 octets for a name and its value. What a
 * server sets against these rules is left out. aiohttp.CookieJar, on tough-cookie, which is loaded when the first cookie comes.
 *
 * Cookies end by the clock of the machine. `SameSite` is kept and not looked at: there is no page that
 * a request could come from.
 *
 * @example
 * ```ts
 * const jar = new CookieJar()
 * jar.updateCookies({ theme: 'dark' }) // goes everywhere
 * jar.storeSetCookies(['id=1; Path=/a; Secure'], 'https://example.org/a/b')
 * jar.filterCookies('https://example.org/a/c') // => new Map([['id', '1'], ['theme', 'dark']])
 * jar.filterCookies('http://example.org/a/c') // => new Map([['theme', 'dark']])
 * ```
 */
export class CookieJar implements AbstractCookieJar {
  readonly #isUnsafe: boolean
  readonly #secureOrigins: ReadonlySet<string>
  readonly #shared: Map<string, string> = new Map()
  #jar: ToughJar | null = null

  /** @throws {@link TypeError} if an origin to treat as secure is no URL */
  constructor(options: CookieJarOptions = {}) {
    const { unsafe = false, treatAsSecureOrigin = [] } = options
    const origins =
      typeof treatAsSecureOrigin === 'string' || treatAsSecureOrigin instanceof URL
        ? [treatAsSecureOrigin]
        : treatAsSecureOrigin
    this.#isUnsafe = unsafe
    this.#secureOrigins = new Set(Array.from(origins, (origin) => new URL(origin).origin))
  }

  /** Nothing was ever put into it. What has ended counts until it is cleared. */
  get isEmpty(): boolean {
    return this.#jar === null && this.#shared.size === 0
  }

  /** How many cookies there are now. */
  get size(): number {
    return this.#shared.size + this.#kept().length
  }

  /**
   * Takes cookies given by hand. Without `responseUrl` they go to every host, whatever their attributes;
   * with it, as if a response from there had set them.
   *
   * @throws {@link RangeError} if a name or a value can't be sent
   */
  updateCookies(cookies: LooseCookies, responseUrl?: string | URL): void {
    for (const [name, attributes] of pairsOf(cookies)) {
      if (responseUrl === undefined && attributes.domain === undefined) {
        this.#shared.set(name, attributes.value)
      } else {
        const url = responseUrl ?? `https://${attributes.domain?.replace(/^\./, '')}/`
        this.storeSetCookies([lineOf(name, attributes)], url)
      }
    }
  }

  /** Takes the `Set-Cookie` headers of a response from `responseUrl`; bad ones are left out. */
  storeSetCookies(lines: readonly string[], responseUrl: string | URL): void {
    if (lines.length === 0) return
    const url = this.#urlOf(responseUrl)
    if (url === null) return
    this.#jar ??= makeJar()
    // What comes over a connection that is not secure adds none of them: they are read once.
    const secure = url.startsWith('https:') ? [] : this.#living((cookie) => cookie.secure)
    for (const line of lines) {
      const cookie = tough().Cookie.parse(line)
      if (cookie === undefined || cookie.key.length + cookie.value.length > MOST_OCTETS) continue
      if (!keepsPrefix(cookie, url) || wouldHide(cookie, url, secure)) continue
      this.#jar.setCookieSync(cookie, url, { ignoreError: true })
    }
  }

  /**
   * The names and values that go with a request for `requestUrl`; of several cookies of one name, that
   * of the longest path.
   */
  filterCookies(requestUrl: string | URL): Map<string, string> {
    const found = new Map<string, string>()
    const url = this.#jar === null ? null : this.#urlOf(requestUrl)
    if (url !== null) {
      for (const { key, value } of this.#jar?.getCookiesSync(url, { sort: true }) ?? []) {
        if (!found.has(key)) found.set(key, value)
      }
    }
    for (const [name, value] of this.#shared) if (!found.has(name)) found.set(name, value)
    return found
  }

  cookieHeader(requestUrl: string | URL): string {
    return this.isEmpty ? '' : headerOf(this.filterCookies(requestUrl))
  }

  /** Forgets the cookies that `predicate` is true for; all of them without one. */
  clear(predicate?: (cookie: Cookie) => boolean): void {
    if (predicate === undefined) {
      this.#shared.clear()
      this.#jar = null
      return
    }
    for (const cookie of this) {
      if (!predicate(cookie)) continue
      if (cookie.domain === '') this.#shared.delete(cookie.name)
      else {
        this.#jar?.store.removeCookie(cookie.domain, cookie.path, cookie.name, ignore)
      }
    }
  }

  /** Forgets the cookies of `domain` and of the hosts below it. */
  clearDomain(domain: string): void {
    const bare = domain.replace(/^\./, '').toLowerCase()
    this.clear((cookie) => cookie.domain === bare || cookie.domain.endsWith(`.${bare}`))
  }

  [Symbol.iterator](): Iterator<Cookie> {
    const shared = Array.from(this.#shared, ([name, value]) => sharedCookie(name, value))
    return [...shared, ...this.#kept()].values()
  }

  /** All cookies, for `JSON.stringify`; also those that would end with the session. */
  toJSON(): SavedCookies {
    return {
      version: FORMAT,
      shared: Object.fromEntries(this.#shared),
      jar: this.#jar?.serializeSync() ?? null,
    }
  }

  /**
   * Takes what `toJSON` gave, in place of what it holds.
   *
   * @throws {@link RangeError} if it is something else
   */
  fromJSON(saved: SavedCookies): void {
    const format = (saved as Partial<SavedCookies> | null)?.version
    if (format !== FORMAT || typeof saved.shared !== 'object') {
      throw new RangeError(
        `expected what CookieJar.toJSON() gave (version ${FORMAT}), got ${format}`,
      )
    }
    const shared = Array.from(pairsOf(saved.shared))
    const jar = saved.jar === null ? null : makeJar()
    if (saved.jar !== null) jar?._importCookiesSync(saved.jar)
    this.#jar = jar
    this.#shared.clear()
    for (const [name, { value }] of shared) this.#shared.set(name, value)
  }

  /**
   * Writes all cookies to a file that only its owner may read. The file is replaced at once, as a
   * whole: a cancel leaves the old one or the new one.
   *
   * @throws the error of `node:fs` if it can't be written
   */
  save(path: string | URL): Coroutine<void> {
    return save(this, path)
  }

  /**
   * Reads a file of `save`, in place of what it holds.
   *
   * @throws the error of `node:fs` if it can't be read
   * @throws {@link SyntaxError} or {@link RangeError} if it holds something else
   */
  load(path: string | URL): Coroutine<void> {
    return load(this, path)
  }

  #kept(): Cookie[] {
    return this.#living(() => true).map(cookieOf)
  }

  #living(isWanted: (cookie: ToughCookie) => boolean): ToughCookie[] {
    const now = Date.now()
    let found: ToughCookie[] = []
    this.#jar?.store.getAllCookies((_error, cookies = []) => {
      found = cookies.filter((cookie) => isWanted(cookie) && cookie.TTL(now) > 0)
    })
    return found
  }

  /** As the jar below has to see it; null if that host gets no cookies. */
  #urlOf(given: string | URL): string | null {
    const url = new URL(given)
    if (!this.#isUnsafe && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return null
    const origin = url.origin === 'null' ? url.href : url.origin
    if (url.protocol === 'wss:' || this.#secureOrigins.has(origin)) url.protocol = 'https:'
    else if (url.protocol === 'ws:') url.protocol = 'http:'
    return url.href
  }
}

const save = coroutine(function* save(jar: CookieJar, path: string | URL) {
  const target = path instanceof URL ? path : String(path)
  const text = `${JSON.stringify(jar, undefined, 1)}\n`
  const fresh =
    target instanceof URL ? new URL(`${target.href}.${randomUUID()}`) : `${target}.${randomUUID()}`
  yield* abortable(async (signal) => {
    try {
      await writeFile(fresh, text, { mode: 0o600, flag: 'wx', signal })
      await rename(fresh, target)
    } catch (error) {
      await rm(fresh, { force: true })
      throw error
    }
  })
})

const load = coroutine(function* load(jar: CookieJar, path: string | URL) {
  const text = yield* abortable((signal) => readFile(path, { encoding: 'utf8', signal }))
  jar.fromJSON(JSON.parse(text) as SavedCookies)
})

function makeJar(): ToughJar {
  return new (tough().CookieJar)()
}

function sharedCookie(name: string, value: string): Cookie {
  return {
    name,
    value,
    domain: '',
    path: '/',
    hostOnly: false,
    secure: false,
    httpOnly: false,
    sameSite: undefined,
    expires: null,
  }
}

function lineOf(name: string, attributes: CookieAttributes): string {
  const { value, domain, path, expires, secure, httpOnly, sameSite } = attributes
  let line = `${name}=${value}`
  if (domain) line += `; Domain=${domain}`
  if (path) line += `; Path=${path}`
  if (expires) line += `; Expires=${expires.toUTCString()}`
  if (secure) line += '; Secure'
  if (httpOnly) line += '; HttpOnly'
  if (sameSite) line += `; SameSite=${sameSite}`
  return line
}

/** The `Cookie` header for names and values; empty without any. */
function headerOf(cookies: Iterable<readonly [string, string]>): string {
  let header = ''
  for (const [name, value] of cookies) header += `${header === '' ? '' : '; '}${name}=${value}`
  return header
}

function ignore(): void {}
