import type { ClientSession } from '@hocket/http'
import { type Coroutine, coroutine } from 'hocket'
import { Places } from '../network/places.ts'
import { TokenBucket } from '../network/token-bucket.ts'
import { planEntry } from '../plan/entry.ts'
import { Job } from './job.ts'
import { type DownloadOptions, settingsOf } from './options.ts'
import type { Downloaded } from './result.ts'
import { RunContext } from './run-context.ts'
import { transferFile } from './transfer-file.ts'
import { isSession, withSession } from './with-session.ts'

/**
 * Downloads one file into a folder, over a session, or over one of its own if none is given.
 *
 * The file gets its name only when all of it is on the disk and is what its headers and `checksum`
 * promise: up to 1 MiB by way of memory, above that as `NAME.part`, with `NAME.part.json` beside it.
 * The name is the server's (Content-Disposition, else the last path segment of the URL that redirects
 * led to), made safe by `safeName`; one that is taken becomes `NAME (1)`. Failures that may pass are
 * tried again, from where they broke off where the server can prove that the file is still the same.
 *
 * Cancellation: the connections are closed at once; what has come of a file that can be resumed is
 * brought to the disk and stays as `NAME.part`, to be gone on with by the next download of the same
 * URL; anything else is removed. Then `CancelledError` goes on. A file that had its name stays.
 *
 * @throws {@link BadUrlError} if the URL can't be fetched by HTTP
 * @throws {@link BadEntryError} if the checksum is none
 * @throws {@link HttpStatusError} if the server does not answer with the file
 * @throws {@link RedirectError} if its redirects lead nowhere
 * @throws {@link NetworkError} if the server can't be reached, breaks off or stalls
 * @throws {@link IntegrityError} if the body is not what its headers or the checksum promise
 * @throws {@link DiskError} if the file can't be written
 * @throws {@link DeadlineError} if `timeout` is over
 * @throws {@link RangeError} if an option can't be meant
 */
export function download(
  session: ClientSession,
  url: string | URL,
  options?: DownloadOptions,
): Coroutine<Downloaded>
export function download(url: string | URL, options?: DownloadOptions): Coroutine<Downloaded>
export function download(
  first: ClientSession | string | URL,
  second?: string | URL | DownloadOptions,
  third?: DownloadOptions,
): Coroutine<Downloaded> {
  if (isSession(first)) return downloadOne(first, second as string | URL, third)
  return downloadOne(null, first, second as DownloadOptions | undefined)
}

const downloadOne = coroutine(function* download(
  session: ClientSession | null,
  url: string | URL,
  options: DownloadOptions = {},
) {
  const settings = settingsOf(options)
  const { name, mirrors = [], checksum, rateLimit, onEvent = ignore } = options
  const entry = planEntry(
    {
      url: [url, ...mirrors],
      ...(name === undefined ? {} : { name }),
      ...(checksum === undefined ? {} : { checksum }),
    },
    0,
    settings,
  )
  if (entry.error !== null) throw entry.error
  const { connections } = settings
  const places = new Places({ concurrency: connections, perHost: connections, adaptive: false })
  const bucket = rateLimit === undefined ? null : new TokenBucket(rateLimit)
  return yield* withSession(session, function* (used) {
    const run = new RunContext({ session: used, settings, places, bucket })
    try {
      return yield* transferFile(new Job(run, entry, onEvent), null)
    } finally {
      run.close()
    }
  })
})

function ignore(): void {}
