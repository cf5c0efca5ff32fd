import { ACCEPTED } from '../body/decode.ts'
import type { RequestBody } from '../body/request-body.ts'
import type { HeadersInput } from './options.ts'

const USER_AGENT = 'hocket-http'

/** The headers that requests of a session have, as undici takes them: names and values by turns. */
export class HeaderDefaults {
  // Given by the user, and those that are added unless the user has said something.
  readonly #own: readonly (readonly [string, string])[]
  readonly #automatic: readonly (readonly [string, string])[]
  // What nearly all requests have, made once.
  readonly #usual: readonly string[]
  readonly #usualUndecoded: readonly string[]

  constructor(headers: HeadersInput | undefined, userAgent: string | null | undefined) {
    this.#own = pairsOf(headers)
    this.#automatic = [
      ['Accept', '*/*'],
      ...(userAgent === null ? [] : [['User-Agent', userAgent ?? USER_AGENT] as const]),
    ]
    this.#usual = this.build(undefined, null, true)
    this.#usualUndecoded = this.build(undefined, null, false)
  }

  /** For a request that says nothing of its own. */
  usual(decompress: boolean): readonly string[] {
    return decompress ? this.#usual : this.#usualUndecoded
  }

  build(
    headers: HeadersInput | undefined,
    body: RequestBody | null,
    decompress: boolean,
  ): readonly string[] {
    const asked = pairsOf(headers)
    const names = new Set(asked.map(([name]) => name.toLowerCase()))
    const list: string[] = []
    for (const [name, value] of asked) list.push(name, value)
    const add = (name: string, value: string) => {
      if (!names.has(name.toLowerCase())) list.push(name, value)
    }
    for (const [name, value] of this.#own) add(name, value)
    for (const [name] of this.#own) names.add(name.toLowerCase())
    for (const [name, value] of this.#automatic) add(name, value)
    add('Accept-Encoding', decompress ? ACCEPTED : 'identity')
    if (body !== null) {
      if (body.contentType !== null) add('Content-Type', body.contentType)
      if (body.encoding !== null) add('Content-Encoding', body.encoding)
    }
    return list
  }
}

/** Names and values; a list of values gives its name several times. */
export function pairsOf(headers: HeadersInput | undefined): (readonly [string, string])[] {
  if (headers === undefined) return []
  if (Symbol.iterator in headers) return Array.from(headers as Iterable<readonly [string, string]>)
  const pairs: (readonly [string, string])[] = []
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? (value as string[]) : [value as string | undefined]) {
      if (one !== undefined) pairs.push([name, one])
    }
  }
  return pairs
}
