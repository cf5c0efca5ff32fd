import type { AbstractCookieJar } from '../base/abstract-cookie-jar.ts'
import type { LooseCookies } from './cookie.ts'

/** Keeps no cookie and sends none. aiohttp.DummyCookieJar. */
export class DummyCookieJar implements AbstractCookieJar {
  readonly isEmpty: boolean = true

  cookieHeader(_requestUrl: string | URL): string {
    return ''
  }

  storeSetCookies(_lines: readonly string[], _responseUrl: string | URL): void {}

  updateCookies(_cookies: LooseCookies, _responseUrl?: string | URL): void {}

  clear(): void {}
}
