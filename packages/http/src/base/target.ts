import { InvalidURL, NonHttpUrlError } from '../errors/client-error.ts'

/** A URL taken apart once, as a request needs it. It never changes, so that it can be kept. */
export class Target {
  /** Without a user's name and password, with the fragment. */
  declare readonly href: string
  /** Such as `https://host:8443`. */
  declare readonly origin: string
  /** With the query. */
  declare readonly path: string
  declare readonly isSecure: boolean
  /** Without brackets around IPv6. */
  declare readonly hostname: string
  declare readonly port: number
  /** From the URL, percent-decoded; both empty where it has none. */
  declare readonly username: string
  declare readonly password: string

  private constructor(url: URL) {
    this.username = decode(url.username)
    this.password = decode(url.password)
    if (url.username !== '' || url.password !== '') {
      url.username = ''
      url.password = ''
    }
    this.href = url.href
    this.origin = url.origin
    this.path = url.pathname + url.search
    this.isSecure = url.protocol === 'https:'
    const { hostname } = url
    this.hostname = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
    this.port = url.port === '' ? (this.isSecure ? 443 : 80) : Number(url.port)
  }

  /** As it may be shown. */
  get shown(): string {
    return this.href
  }

  /**
   * @throws {@link InvalidURL} if `href` is no URL
   * @throws {@link NonHttpUrlError} if it is one of something else
   */
  static parse(href: string, base?: string): Target {
    const url = URL.canParse(href, base) ? new URL(href, base) : null
    if (url === null) throw new InvalidURL(href, 'expected a URL like https://host/path')
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NonHttpUrlError(href)
    return new Target(url)
  }
}

function decode(text: string): string {
  if (text === '') return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
