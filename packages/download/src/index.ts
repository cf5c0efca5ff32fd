/**
 * Downloads of files as Hocket coroutines: never half a file under its final name, never a name
 * outside the folder, and gone without a trace when cancelled.
 *
 * @module
 */
export { type Downloaded, type DownloadOptions, download } from './download.ts'
export type { DownloadEvent } from './download-event.ts'
export {
  BadUrlError,
  DiskError,
  DownloadError,
  HttpStatusError,
  IntegrityError,
  NetworkError,
  RedirectError,
} from './errors.ts'
export { safeName } from './plan/safe-name.ts'
