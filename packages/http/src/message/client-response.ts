import type { Coroutine } from 'hocket'
import type { RequestInfo } from '../errors/response-errors.ts'

/**
 * The shape of an answer; a file of its own class follows.
 */
export interface ClientResponse extends AsyncDisposable {
  readonly method: string
  readonly status: number
  readonly statusText: string
  /** Below 400. */
  readonly ok: boolean
  readonly headers: Headers
  /** As they came: names and values by turns. */
  readonly rawHeaders: readonly string[]
  /** Without the fragment; a copy each time. */
  readonly url: URL
  /** With the fragment. */
  readonly realUrl: URL
  /** The redirects that led here, the first one first. Their bodies are gone. */
  readonly history: readonly ClientResponse[]
  /** @internal Set by the redirect loop. */
  _history: readonly ClientResponse[]
  readonly cookies: ReadonlyMap<string, string>
  readonly requestInfo: RequestInfo
  readonly contentType: string
  readonly charset: string | null
  readonly contentLength: number | null
  read(): Coroutine<Uint8Array>
  text(encoding?: string): Coroutine<string>
  json<T = unknown>(options?: { contentType?: string | null; encoding?: string }): Coroutine<T>
  /** Throws {@link ClientResponseError} for 400 and above, and closes it. */
  raiseForStatus(): void
  /** Lets go of the connection: a small rest is drained, otherwise it is closed. */
  release(): void
  /** Closes the connection unless the body has come to its end. */
  close(): void
  readonly closed: boolean
}
