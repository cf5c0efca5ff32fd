import { type Coroutine, coroutine } from 'hocket'
import { takeAll } from '../body/body-read.ts'
import { ContentTypeError } from '../errors/response-errors.ts'
import type { ClientResponse } from './client-response.ts'
import { decodeText, isJson } from './content-type.ts'

/** What `json()` may be told. */
export interface JsonOptions {
  /** The type that the body must have; null for any, `application/json` and its kin by default. */
  contentType?: string | null
  /** In place of what the answer says. */
  encoding?: string
}

/** All of it; kept, so that it can be asked for again. */
export function readWhole(response: ClientResponse): typeof takeAll {
  return (stream) => {
    const kept = response._kept()
    if (kept !== null) return kept
    response._checkReadable()
    const bytes = takeAll(stream)
    if (bytes instanceof Uint8Array) response._keep(bytes)
    return bytes
  }
}

export const readText: (
  response: ClientResponse,
  encoding: string | undefined,
) => Coroutine<string> = coroutine(function* text(
  response: ClientResponse,
  encoding: string | undefined,
) {
  const bytes = yield* response.read()
  return decodeText(bytes, encoding ?? response.charset)
})

export const readJson: (response: ClientResponse, options: JsonOptions) => Coroutine<unknown> =
  coroutine(function* json(response: ClientResponse, options: JsonOptions) {
    const { contentType: wanted, encoding } = options
    const { contentType } = response
    if (wanted !== null && (wanted === undefined ? !isJson(contentType) : wanted !== contentType)) {
      response.release()
      throw new ContentTypeError(
        `expected JSON, got ${contentType} from ${response.url.href}: json({ contentType: null }) takes any type`,
        response._asError(),
      )
    }
    const bytes = yield* response.read()
    return JSON.parse(decodeText(bytes, encoding ?? response.charset)) as unknown
  })
