import {
  ClientError,
  type ClientResponse,
  type ClientSession,
  stripAuthFromUrl,
} from '@hocket/http'
import { type Coroutine, coroutine } from 'hocket'
import { StalledError } from '../errors/errors.ts'
import type { StallClock, StallWatch } from '../network/stall-watch.ts'
import type { Head } from './answer.ts'
import type { Steps } from './steps.ts'
import { translateFailure } from './translate-failure.ts'

/** An answer whose body has not been read. Close it in any case. */
export class Answer {
  readonly head: Head
  private readonly response: ClientResponse
  private watch: StallWatch | null = null
  private complaint: string | null = null

  constructor(response: ClientResponse, asked: URL) {
    this.response = response
    this.head = headOf(response, asked)
  }

  /** From now on it is closed when nothing comes for too long, or too little. */
  watchBy(clock: StallClock): void {
    this.watch = clock.watch((message) => {
      this.complaint = message
      this.response.close()
    })
  }

  /**
   * Reads what is here, at least one byte, into `buffer`; gives the number, 0 at the end. `url` is for
   * errors.
   *
   * @throws {@link NetworkError} if the body breaks off
   */
  *readinto(buffer: Uint8Array, url: string): Steps<number> {
    this.watch?.waiting()
    let bytes: number
    try {
      bytes = yield* this.response.content.readinto(buffer)
    } catch (error) {
      if (this.complaint === null || !(error instanceof ClientError)) {
        throw translateFailure(error, url)
      }
      throw new StalledError(this.complaint, { url, cause: error })
    }
    this.watch?.received(bytes)
    return bytes
  }

  /** Lets go of the connection: it is kept if little is left to read, and closed otherwise. */
  release(): void {
    this.watch?.stop()
    this.response.release()
  }

  /** Closes the connection unless the body has been read to its end. */
  close(): void {
    this.watch?.stop()
    this.response.close()
  }
}

export interface AskOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly maxRedirects: number
}

/** Sends a GET for the file itself, and gives its answer, whatever its status. */
export const ask: (session: ClientSession, url: URL, options: AskOptions) => Coroutine<Answer> =
  coroutine(function* ask(session: ClientSession, url: URL, { headers, maxRedirects }: AskOptions) {
    try {
      const response = yield* session.get(url, {
        headers: headersOf(headers),
        maxRedirects,
        // The length that is checked and the bytes that are kept must be those of the file.
        decompress: false,
        raiseForStatus: false,
        retry: null,
        timeout: { total: null, sockRead: null },
      })
      return new Answer(response, url)
    } catch (error) {
      throw translateFailure(error, stripAuthFromUrl(url))
    }
  })

/** By name, however it is spelled: the last one counts, and a file is asked for as it is. */
function headersOf(given: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*' }
  for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = value
  headers['accept-encoding'] = 'identity'
  return headers
}

function headOf(response: ClientResponse, asked: URL): Head {
  const { rawHeaders, history } = response
  const length = header(rawHeaders, 'content-length')
  return {
    status: response.status,
    url: history.length === 0 ? asked : response.url,
    redirects: history.length,
    length: length !== null && /^\d+$/.test(length) ? Number(length) : null,
    etag: header(rawHeaders, 'etag'),
    lastModified: header(rawHeaders, 'last-modified'),
    date: header(rawHeaders, 'date'),
    encoding: (header(rawHeaders, 'content-encoding') ?? 'identity').trim().toLowerCase(),
    acceptRanges: header(rawHeaders, 'accept-ranges'),
    contentType: header(rawHeaders, 'content-type'),
    contentRange: header(rawHeaders, 'content-range'),
    // Not a list: of two, the first one counts.
    disposition: valuesOf(rawHeaders, 'content-disposition')[0] ?? null,
    retryAfter: header(rawHeaders, 'retry-after'),
  }
}

/** All values of that name, as one: what is said twice is nothing that could be relied on. */
function header(rawHeaders: readonly string[], name: string): string | null {
  const values = valuesOf(rawHeaders, name)
  return values.length === 0 ? null : values.join(', ')
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const one = rawHeaders[i] as string
    if (one.length !== name.length || one.toLowerCase() !== name) continue
    values.push(rawHeaders[i + 1] as string)
  }
  return values
}
