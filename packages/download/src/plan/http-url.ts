import { BadUrlError } from '../errors/errors.ts'
import { shownUrl } from '../errors/shown-url.ts'

/** Parses a URL that somebody typed; throws {@link BadUrlError} unless HTTP can fetch it. */
export function parseHttpUrl(input: string | URL): URL {
  const given = String(input)
  if (!URL.canParse(given)) {
    const text = shownUrl(given)
    throw new BadUrlError(`expected a URL like https://host/file, got ${JSON.stringify(text)}`, {
      url: text,
    })
  }
  const url = new URL(given)
  if (!isHttp(url)) {
    throw new BadUrlError(`expected a URL of http: or https:, got ${url.protocol}`, {
      url: withoutCredentials(url),
    })
  }
  return url
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}

/** The URL as it may be shown and sent: a password in a message ends up in a log. */
export function withoutCredentials(url: URL): string {
  if (url.username === '' && url.password === '') return url.href
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare.href
}
