import { basename } from 'node:path'
import { abortable, type Coroutine, coroutine, type Future } from 'hocket'
import type { Dispatcher } from 'undici'
import type { DownloadEvent } from './download-event.ts'
import { DiskError, describeCause } from './errors.ts'
import { Exchange, parseHttpUrl } from './exchange.ts'
import { PartFile } from './part-file.ts'
import { nameFromUrl, safeName } from './plan/safe-name.ts'

export interface DownloadOptions {
  /** Where the file goes; made if it is missing. The current folder by default. */
  folder?: string
  /** What the file shall be called, made safe; by default what its URL calls it. */
  name?: string
  /** Told what happens as it happens, inside the download's task; an error it throws ends it. */
  onEvent?: (event: DownloadEvent) => void
  /** undici's way to the network, such as an `Agent` with limits or a `ProxyAgent`. */
  dispatcher?: Dispatcher
}

/** A file that is on the disk, whole. */
export interface Downloaded {
  /** Where it came from, after redirects. */
  url: string
  path: string
  /** The name it got: not the one asked for if that was taken. */
  name: string
  bytes: number
  /** How many redirects led to it. */
  redirects: number
}

/**
 * Downloads one URL into a folder.
 *
 * The body grows as `NAME.part`, is flushed to the disk, and gets its name only when as many bytes
 * are there as Content-Length says. The name comes from the last path segment of the URL that
 * redirects led to (at most 10); a name that is taken is never overwritten: the file becomes
 * `NAME (1)`, counted before the whole extension.
 *
 * Cancellation: the request is aborted at once, the part file is removed, then `CancelledError`
 * goes on. Only a file that already had its final name stays, and that one is whole.
 *
 * @throws {@link BadUrlError} if the URL can't be fetched by HTTP
 * @throws {@link HttpStatusError} if the server does not answer with the file
 * @throws {@link RedirectError} if its redirects lead nowhere
 * @throws {@link NetworkError} if the server can't be reached or breaks off
 * @throws {@link IntegrityError} if the body is not what its headers promise
 * @throws {@link DiskError} if the file can't be written
 */
export const download: (url: string | URL, options?: DownloadOptions) => Coroutine<Downloaded> =
  coroutine(function* (input: string | URL, options: DownloadOptions = {}) {
    const { folder = '.', onEvent = ignore } = options
    // Both hold what they opened themselves: a cancel while one is being opened loses nothing.
    const exchange = new Exchange(parseHttpUrl(input), options.dispatcher)
    const part = new PartFile(folder)
    try {
      onEvent({ type: 'request', url: exchange.url })
      const { url, status, size, redirects } = yield* abortable((signal) => exchange.open(signal))
      onEvent({ type: 'response', url, status, size })

      const name = options.name === undefined ? nameFromUrl(new URL(url)) : safeName(options.name)
      yield* onDisk(url, () => part.create(name))
      let received = 0
      for (;;) {
        const chunk = yield* abortable((signal) => exchange.read(signal))
        if (chunk === null) break
        yield* onDisk(url, () => part.write(chunk))
        received += chunk.length
        onEvent({ type: 'data', bytes: chunk.length, received, size })
      }
      const path = yield* onDisk(url, (signal) => part.commit(signal))
      onEvent({ type: 'saved', path, bytes: received })
      return { url, path, name: basename(path), bytes: received, redirects }
    } finally {
      exchange.close()
      // One promise for the whole clean-up: a second cancel can't stop it half-way.
      yield* abortable(() => part.discard())
    }
  })

/** Work on the disk that a cancel waits for, as it takes milliseconds; its errors say so. */
function onDisk<T>(url: string, work: (signal: AbortSignal) => Promise<T>): Future<T> {
  return abortable(async (signal) => {
    try {
      return await work(signal)
    } catch (error) {
      signal.throwIfAborted()
      throw new DiskError(describeCause(error), { url, cause: error })
    }
  })
}

function ignore(): void {}
