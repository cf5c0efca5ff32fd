import zlib from 'node:zlib'
import { codingsOf } from '../body/decode.ts'
import { zstd } from '../body/zstd.ts'
import { ClientPayloadError } from '../errors/client-error.ts'
import { ClientResponseError } from '../errors/response-errors.ts'
import type { ClientRequest } from '../message/client-request.ts'
import { decodeText, type MediaType, parseMediaType } from '../message/content-type.ts'
import type { HelperAnswer } from './helper-messages.ts'

/** The answer to a request, with its whole body. requests.Response. */
export class Response {
  readonly method: string
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  /** Where it came from, after redirects, without the fragment. */
  readonly url: URL
  /** The body, decoded. */
  readonly content: Uint8Array<ArrayBuffer>
  /** The redirects that led here, the first one first. Their bodies are empty. */
  readonly history: readonly Response[]
  readonly #request: ClientRequest

  /** @internal */
  constructor(
    request: ClientRequest,
    headers: Headers,
    answer: HelperAnswer,
    history: readonly Response[],
    maxBytes: number,
  ) {
    this.method = request.method
    this.status = answer.status
    this.statusText = answer.statusText
    this.headers = headers
    this.url = new URL(request.url)
    this.url.hash = ''
    this.history = history
    this.#request = request
    this.content = decode(answer.body, headers.get('content-encoding'), maxBytes)
  }

  /** The status is below 400. */
  get ok(): boolean {
    return this.status < 400
  }

  /** What the answer says, such as `utf-8`; null where it says nothing. */
  get encoding(): string | null {
    return this.#mediaType.charset
  }

  /** Such as `text/html`. */
  get contentType(): string {
    return this.#mediaType.type
  }

  /** The body as text: by `encoding`, or as the answer says, otherwise as UTF-8. */
  text(encoding: string | null = this.encoding): string {
    return decodeText(this.content, encoding)
  }

  /** The body as JSON. @throws {@link SyntaxError} if it is none */
  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T
  }

  /** @throws {@link ClientResponseError} if the status is 400 or above */
  raiseForStatus(): void {
    if (this.ok) return
    const { status, statusText, headers, history } = this
    throw new ClientResponseError(
      `${this.method} ${this.url.href} was answered by ${status} ${statusText}`.trim(),
      { requestInfo: this.#request.requestInfo, history, status, statusText, headers },
    )
  }

  toString(): string {
    return `<Response ${this.method} ${this.url.href} ${this.status}>`
  }

  get #mediaType(): MediaType {
    return parseMediaType(this.headers.get('content-type'))
  }
}

/** The headers as they came; what can't be a header is left out. */
export function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers()
  for (let i = 0; i < raw.length; i += 2) {
    try {
      headers.append(raw[i] as string, raw[i + 1] as string)
    } catch {}
  }
  return headers
}

function decode(
  body: Uint8Array<ArrayBuffer>,
  encoding: string | null,
  maxBytes: number,
): Uint8Array<ArrayBuffer> {
  let bytes = body
  if (bytes.length === 0) return bytes
  const options = Number.isFinite(maxBytes) ? { maxOutputLength: Math.max(1, maxBytes) } : {}
  for (const coding of codingsOf(encoding) ?? []) {
    try {
      bytes = undo(bytes, coding, options)
    } catch (error) {
      const isLong = error instanceof RangeError
      throw new ClientPayloadError(
        isLong
          ? `the body is longer than ${maxBytes} bytes`
          : `expected a body of ${coding}: ${(error as Error).message}`,
        { cause: error },
      )
    }
  }
  return bytes
}

function undo(bytes: Uint8Array, coding: string, options: zlib.ZlibOptions): Buffer<ArrayBuffer> {
  if (coding === 'br') return zlib.brotliDecompressSync(bytes, options)
  if (coding === 'zstd' && zstd !== null) return zstd.zstdDecompressSync(bytes, options)
  if (coding !== 'deflate') return zlib.gunzipSync(bytes, options)
  // Some servers leave out the two bytes in front.
  const isWrapped = ((bytes[0] as number) & 0x0f) === 8
  return isWrapped ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options)
}
