import { type Dispatcher, request } from 'undici'
import {
  BadUrlError,
  describeCause,
  HttpStatusError,
  IntegrityError,
  NetworkError,
  RedirectError,
} from './errors.ts'
import { percentDecode } from './plan/percent-decode.ts'

const MOST_REDIRECTS = 10
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const COMPLETE = new Set([200, 203])

/** undici's codes for a connection that ended before the body was whole, which its messages hide. */
const ENDED_EARLY = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

/** The body of a redirect is read to keep its connection, unless it is longer than this. */
const REDIRECT_BODY_BYTES = 16 * 1024

/** What is known of a file before its body comes. */
export interface Head {
  /** Where the file really is, after all redirects, and without a user's name and password. */
  url: string
  status: number
  /** Content-Length in bytes; null when the server did not say. */
  size: number | null
  redirects: number
}

/** Parses a URL that somebody typed; throws {@link BadUrlError} unless HTTP can fetch it. */
export function parseHttpUrl(input: string | URL): URL {
  const text = String(input)
  if (!URL.canParse(text)) {
    throw new BadUrlError(`expected a URL like https://host/file, got ${JSON.stringify(text)}`, {
      url: text,
    })
  }
  const url = new URL(text)
  if (!isHttp(url)) {
    throw new BadUrlError(`expected a URL of http: or https:, got ${url.protocol}`, {
      url: withoutCredentials(url),
    })
  }
  return url
}

/**
 * One file asked for over HTTP, through its redirects: first `open`, then `read` until null, and
 * `close` in any case. Promises all the way down; whoever calls bridges them. Calls must not
 * overlap.
 */
export class Exchange {
  readonly #dispatcher: Dispatcher | undefined
  #url: URL
  #size: number | null = null
  #received = 0
  #body: Dispatcher.ResponseData['body'] | undefined
  #chunks: AsyncIterator<Uint8Array> | undefined

  constructor(url: URL, dispatcher: Dispatcher | undefined) {
    this.#url = url
    this.#dispatcher = dispatcher
  }

  /** Where it is asked for now, as it may be shown. */
  get url(): string {
    return withoutCredentials(this.#url)
  }

  /** Asks, follows redirects, and resolves when the headers of the file itself are there. */
  async open(signal: AbortSignal): Promise<Head> {
    for (let redirects = 0; ; redirects++) {
      const response = await this.#ask(signal)
      const { statusCode: status, headers } = response
      if (!REDIRECTS.has(status) || headers['location'] === undefined) {
        this.#size = this.#checkHead(response)
        return { url: this.url, status, size: this.#size, redirects }
      }
      if (redirects === MOST_REDIRECTS) {
        throw new RedirectError(
          `expected at most ${MOST_REDIRECTS} redirects, got one more: the server sends them in a circle`,
          this.#at,
        )
      }
      const next = this.#redirectTarget(String(headers['location']))
      await response.body.dump({ limit: REDIRECT_BODY_BYTES, signal }).catch(ignore)
      signal.throwIfAborted()
      this.#url = next
    }
  }

  /** The next bytes of the body, or null at an end that is where the headers promised it. */
  async read(signal: AbortSignal): Promise<Uint8Array | null> {
    if (this.#chunks === undefined) throw new Error('expected open() before read(), got read()')
    const onAbort = () => this.close()
    signal.addEventListener('abort', onAbort, { once: true })
    let next: IteratorResult<Uint8Array>
    try {
      next = await this.#chunks.next()
    } catch (error) {
      signal.throwIfAborted()
      throw this.#broken(error)
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
    if (!next.done) {
      this.#received += next.value.length
      return next.value
    }
    if (this.#size !== null && this.#size !== this.#received) {
      throw new IntegrityError(
        `expected ${this.#size} bytes as Content-Length says, got ${this.#received}`,
        this.#at,
      )
    }
    return null
  }

  /** Lets go of the connection: it is closed if the body has not been read to its end. */
  close(): void {
    this.#body?.destroy()
  }

  async #ask(signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const url = this.#url
    const headers: Record<string, string> = {
      accept: '*/*',
      // The length that is checked and the bytes that are kept must be those of the file.
      'accept-encoding': 'identity',
      'user-agent': 'hocket-download',
    }
    if (url.username !== '' || url.password !== '') headers['authorization'] = basicAuth(url)
    const options = {
      headers,
      signal,
      ...(this.#dispatcher === undefined ? {} : { dispatcher: this.#dispatcher }),
    }
    try {
      const response = await untilAborted(request(this.url, options), signal)
      this.#body = response.body.on('error', ignore)
      this.#chunks = response.body[Symbol.asyncIterator]()
      return response
    } catch (error) {
      signal.throwIfAborted()
      throw this.#broken(error)
    }
  }

  #checkHead({ statusCode, statusText, headers }: Dispatcher.ResponseData): number | null {
    if (!COMPLETE.has(statusCode)) {
      const got = `${statusCode} ${statusText}`.trim()
      throw new HttpStatusError(`expected status 200, got ${got}`, {
        ...this.#at,
        status: statusCode,
      })
    }
    const encoding = String(headers['content-encoding'] ?? 'identity')
    if (encoding.toLowerCase() !== 'identity') {
      throw new IntegrityError(
        `expected the file itself (identity), got it encoded as ${encoding}`,
        this.#at,
      )
    }
    const length = headers['content-length']
    return typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : null
  }

  #redirectTarget(location: string): URL {
    const target = URL.canParse(location, this.#url.href) ? new URL(location, this.#url.href) : null
    if (target === null || !isHttp(target)) {
      throw new RedirectError(
        `expected a redirect to a URL of http: or https:, got ${JSON.stringify(location)}`,
        this.#at,
      )
    }
    return target
  }

  #broken(error: unknown): NetworkError {
    const promised = ENDED_EARLY.has((error as NodeJS.ErrnoException).code ?? '') && this.#size
    const message = promised
      ? `expected ${promised} bytes as Content-Length says, got a connection that ended before them`
      : describeCause(error)
    return new NetworkError(message, { ...this.#at, cause: error })
  }

  get #at(): { url: string } {
    return { url: this.url }
  }
}

/**
 * undici notices an abort only when a connection stands. Whoever waits must not wait for that: the
 * abort rejects at once, and an answer that comes later is thrown away.
 */
async function untilAborted(
  response: Promise<Dispatcher.ResponseData>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let onAbort = ignore
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([response, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (signal.aborted) response.then(({ body }) => body.on('error', ignore).destroy(), ignore)
  }
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}

function basicAuth(url: URL): string {
  const pair = `${percentDecode(url.username)}:${percentDecode(url.password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

/** The URL as it may be shown and sent: a password in a message ends up in a log. */
function withoutCredentials(url: URL): string {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare.href
}

function ignore(): void {}
