import { Target } from '../base/target.ts'
import { InvalidURL } from '../errors/client-error.ts'
import type { QueryParams } from './options.ts'

const MOST_KEPT = 500

/** Makes URLs of what requests are given, and remembers those that come again. */
export class UrlBuilder {
  readonly #base: string | undefined
  readonly #known = new Map<string, Target>()

  /** @throws {@link InvalidURL} if the path of `baseUrl` does not end in `/` */
  constructor(baseUrl: string | URL | undefined) {
    if (baseUrl === undefined) return
    const { href } = Target.parse(String(baseUrl))
    if (!new URL(href).pathname.endsWith('/')) {
      throw new InvalidURL(href, 'expected a baseUrl whose path ends in /')
    }
    this.#base = href
  }

  /**
   * @throws {@link InvalidURL} if that is no URL
   * @throws {@link NonHttpUrlError} if it is one of something else
   */
  build(url: string | URL, params: QueryParams | undefined): Target {
    const text = typeof url === 'string' ? url : url.href
    if (params !== undefined) return Target.parse(withQuery(text, params, this.#base))
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const target = Target.parse(text, this.#base)
    if (this.#known.size >= MOST_KEPT) this.#known.clear()
    this.#known.set(text, target)
    return target
  }
}

function withQuery(text: string, params: QueryParams, base: string | undefined): string {
  if (!URL.canParse(text, base)) throw new InvalidURL(text, 'expected a URL like https://host/path')
  const url = new URL(text, base)
  const query = typeof params === 'string' ? params.replace(/^\?/, '') : String(paramsOf(params))
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`
  return url.href
}

function paramsOf(params: Exclude<QueryParams, string>): URLSearchParams {
  if (params instanceof URLSearchParams) return params
  const made = new URLSearchParams()
  const pairs =
    Symbol.iterator in params
      ? (params as Iterable<readonly [string, unknown]>)
      : Object.entries(params)
  for (const [name, value] of pairs) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one === null || one === undefined) continue
      if (typeof one === 'object' || typeof one === 'function' || Number.isNaN(one)) {
        throw new TypeError(
          `params expected text, a number or a boolean for ${JSON.stringify(name)}, got ${Number.isNaN(one) ? 'NaN' : typeof one}`,
        )
      }
      made.append(name, String(one as string))
    }
  }
  return made
}
