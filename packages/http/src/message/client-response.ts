import { type Coroutine, type EventLoop, getRunningLoop } from 'hocket'
import { BodyRead } from '../body/body-read.ts'
import type { BodyStream } from '../body/body-stream.ts'
import { undoCodings } from '../body/codings.ts'
import { type BodyIterator, Content } from '../body/content.ts'
import { Deadline } from '../connector/deadline.ts'
import type { Exchange } from '../connector/exchange.ts'
import { ClientConnectionError } from '../errors/connection-errors.ts'
import { ClientResponseError, type RequestInfo } from '../errors/response-errors.ts'
import type { ClientRequest } from './client-request.ts'
import { type MediaType, parseMediaType } from './content-type.ts'
import { unwatch, watch } from './forgotten.ts'
import { type JsonOptions, readJson, readText, readWhole } from './read-body.ts'

// A rest of this size is read to the end, so that its connection can be used again.
const SMALL_REST = 64 * 1024

/**
 * The answer to a request: its headers are here, its body is on the way. It is a resource: leaving its
 * scope (`await using`, `yield* use()`) lets go of the connection, closing it if more than a small
 * rest of the body is still to come. aiohttp.ClientResponse.
 *
 * A response that is dropped without that is reported to the loop's exception handler when it is
 * garbage-collected, and its connection is closed.
 */
export class ClientResponse implements AsyncDisposable {
  declare readonly status: number
  declare readonly statusText: string
  declare readonly method: string
  /** @internal Set by the redirect loop. */
  declare _history: readonly ClientResponse[]
  declare private readonly _request: ClientRequest
  declare private readonly _exchange: Exchange
  declare private _headers: Headers | null
  declare private _mediaType: MediaType | null
  declare private _stream: BodyStream | null
  declare private _content: Content | null
  // What read() gave: it may be asked for again.
  declare private _bytes: Uint8Array | null
  declare private _isClosed: boolean

  /** @internal */
  constructor(request: ClientRequest, exchange: Exchange) {
    this.status = exchange.status
    this.statusText = exchange.statusText
    this.method = exchange.method
    this._history = none
    this._request = request
    this._exchange = exchange
    this._headers = null
    this._mediaType = null
    this._stream = null
    this._content = null
    this._bytes = null
    this._isClosed = false
    if (exchange.isDone) return
    watch(this, exchange, getRunningLoop())
    exchange.onDone = () => unwatch(exchange)
  }

  /** The status is below 400. */
  get ok(): boolean {
    return this.status < 400
  }

  get headers(): Headers {
    if (this._headers === null) {
      const headers = new Headers()
      const { list } = this._exchange.head
      for (let i = 0; i < list.length; i += 2) {
        try {
          headers.append(list[i] as string, list[i + 1] as string)
        } catch {
          // What can't be a header is to be found in rawHeaders only.
        }
      }
      this._headers = headers
    }
    return this._headers
  }

  /** As they came: names and values by turns. */
  get rawHeaders(): readonly string[] {
    return this._exchange.head.list
  }

  /** Where it came from, after redirects, without the fragment. A copy each time. */
  get url(): URL {
    const url = this.realUrl
    url.hash = ''
    return url
  }

  /** The same with the fragment. */
  get realUrl(): URL {
    return new URL(this._exchange.target.href)
  }

  /** The redirects that led here, the first one first. Their bodies are gone. */
  get history(): readonly ClientResponse[] {
    return this._history
  }

  /** The request, as it was sent. */
  get requestInfo(): RequestInfo {
    return this._request.requestInfo
  }

  /** What its `Set-Cookie` headers set, by name. */
  get cookies(): ReadonlyMap<string, string> {
    const cookies = new Map<string, string>()
    for (const line of this._exchange.head.getAll('set-cookie')) {
      const [pair = ''] = line.split(';', 1)
      const at = pair.indexOf('=')
      const name = pair.slice(0, Math.max(0, at)).trim()
      const value = pair.slice(at + 1).trim()
      if (name !== '') cookies.set(name, value.replace(/^"|"$/g, ''))
    }
    return cookies
  }

  /** Such as `text/html`; `application/octet-stream` where it says none. */
  get contentType(): string {
    return this._media().type
  }

  /** Such as `utf-8`; null where it says none. */
  get charset(): string | null {
    return this._media().charset
  }

  /** In bytes, as they are sent; null where it does not say. */
  get contentLength(): number | null {
    return this._exchange.head.contentLength
  }

  /** The body, to be read in pieces. */
  get content(): Content {
    this._content ??= new Content(this._body(), this)
    return this._content
  }

  /**
   * Reads the whole body, decoded. It is kept: reading again gives the same bytes.
   *
   * @throws {@link ClientPayloadError} if the body breaks off, or can't be decoded
   * @throws {@link ServerTimeoutError} if the time is over
   * @throws {@link ClientConnectionError} if the response was closed
   */
  read(): Coroutine<Uint8Array> {
    return new BodyRead('ClientResponse.read', this._body(), readWhole(this), this)
  }

  /**
   * Reads the whole body as text: by `encoding`, or as the answer says, otherwise as UTF-8. What is no
   * text becomes U+FFFD.
   *
   * @throws what `read()` throws
   */
  text(encoding?: string): Coroutine<string> {
    return readText(this, encoding)
  }

  /**
   * Reads the whole body as JSON.
   *
   * @throws {@link ContentTypeError} if it is none by its type
   * @throws {@link SyntaxError} if it is none
   * @throws what `read()` throws
   */
  json<T = unknown>(options: JsonOptions = {}): Coroutine<T> {
    return readJson(this, options) as Coroutine<T>
  }

  /** The body in pieces of at most `n` bytes; see `content`. */
  iterChunked(n: number): BodyIterator<Uint8Array> {
    return this.content.iterChunked(n)
  }

  /** The lines of the body, each with its `\n`. */
  iterLines(): BodyIterator<Uint8Array> {
    return this.content.iterLines()
  }

  /** The next line of the body; empty at its end. */
  readline(): Coroutine<Uint8Array> {
    return this.content.readline()
  }

  /** @throws {@link ClientResponseError} if the status is 400 or above; the response is closed then */
  raiseForStatus(): void {
    if (this.ok) return
    this.release()
    throw new ClientResponseError(
      `${this.method} ${this.url.href} was answered by ${this.status} ${this.statusText}`.trim(),
      this._asError(),
    )
  }

  /** Nothing can be read from it any more, or its connection has been let go of. */
  get closed(): boolean {
    return this._isClosed || this._exchange.isDone
  }

  /** Closes the connection, unless the body has come to its end. */
  close(): void {
    this._isClosed = true
    this._exchange.abort()
  }

  /**
   * Lets go of the connection: for the next request if only a small rest of the body is to come, which
   * is dropped; otherwise, and after a read that was cancelled, it is closed. What was read stays.
   */
  release(): void {
    if (this._isClosed) return
    this._isClosed = true
    const exchange = this._exchange
    if (exchange.isDone) return
    const { contentLength } = this
    const rest = contentLength === null ? Infinity : contentLength - exchange.body.received
    if (rest > SMALL_REST || this._stream?.isLeft === true) exchange.abort()
    else exchange.drain()
  }

  /** For `await using` and `use()`: releases it, at once. */
  [Symbol.asyncDispose](): PromiseLike<void> {
    this.release()
    // No promise: the generator that closes this would have to wait for it, for one iteration.
    return undefined as unknown as PromiseLike<void>
  }

  toString(): string {
    return `<ClientResponse ${this.method} ${this._exchange.target.shown} ${this.status}>`
  }

  /** @internal */
  _asError(): ConstructorParameters<typeof ClientResponseError>[1] {
    const { requestInfo, _history: history, status, statusText, headers } = this
    return { requestInfo, history, status, statusText, headers }
  }

  /** @internal Its body may take `rest` ms more, of the `total` that the request had. */
  _limit(rest: number, loop: EventLoop, total: number): void {
    if (this._exchange.isDone) return
    const deadline = new Deadline(rest, total)
    deadline.deliverLate(this._exchange, loop)
  }

  /** @internal Calls `callback` when nothing more will come; at once if that is so. */
  _onDone(callback: () => void): void {
    const exchange = this._exchange
    if (exchange.isDone) callback()
    else {
      exchange.onDone = () => {
        unwatch(exchange)
        callback()
      }
    }
  }

  /** @internal */
  _setCookieLines(): string[] {
    return this._exchange.head.getAll('set-cookie')
  }

  /** @internal */
  _keep(bytes: Uint8Array): void {
    this._bytes = bytes
  }

  /** @internal */
  _kept(): Uint8Array | null {
    return this._bytes
  }

  /** @internal */
  _checkReadable(): void {
    const { isEnded, isDiscarded } = this._exchange.body
    if (!this._isClosed || (isEnded && !isDiscarded)) return
    throw new ClientConnectionError('the response is closed: read it before it is left')
  }

  /** @internal The bytes as they are handed out. */
  _body(): BodyStream {
    if (this._stream === null) {
      const { body, head } = this._exchange
      const encoding = this._request.decompress ? head.get('content-encoding') : null
      this._stream = undoCodings(body, head.get('transfer-encoding'), encoding, this._exchange)
    }
    return this._stream
  }

  private _media(): MediaType {
    this._mediaType ??= parseMediaType(this._exchange.head.get('content-type'))
    return this._mediaType
  }
}

const none: readonly ClientResponse[] = []
