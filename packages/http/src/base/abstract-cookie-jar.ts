/** Where a session keeps its cookies. aiohttp.abc.AbstractCookieJar. */
export interface AbstractCookieJar {
  /** Nothing is in it: nobody has to be asked. */
  readonly isEmpty: boolean
  /** What `Cookie` says for a request to `url`; empty for none. */
  cookieHeader(url: URL): string
  /** Takes what the `Set-Cookie` headers of an answer from `url` say; bad ones are passed over. */
  storeSetCookies(values: readonly string[], url: URL): void
  /** Takes cookies by name, for `url`, or for every host where that is left out. */
  updateCookies(cookies: Readonly<Record<string, string>>, url?: URL): void
  /** Forgets all of them. */
  clear(): void
}
