import { stripAuthFromUrl } from '@hocket/http'
import { BadUrlError } from '../errors/errors.ts'

/** Parses a URL that somebody typed; throws {@link BadUrlError} unless HTTP can fetch it. */
export function parseHttpUrl(input: string | URL): URL {
  const given = String(input)
  if (!URL.canParse(given)) {
    const text = stripAuthFromUrl(given)
    throw new BadUrlError(`expected a URL like https://host/file, got ${JSON.stringify(text)}`, {
      url: text,
    })
  }
  const url = new URL(given)
  if (!isHttp(url)) {
    throw new BadUrlError(`expected a URL of http: or https:, got ${url.protocol}`, {
      url: stripAuthFromUrl(url),
    })
  }
  return url
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}
