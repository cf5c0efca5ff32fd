/**
 * Downloads of files as Hocket coroutines: never half a file under its final name, never a name
 * outside the folder, resumed only with proof.
 *
 * @module
 */
export {
  BadEntryError,
  BadUrlError,
  ChangedError,
  ChecksumError,
  DeadlineError,
  DiskError,
  DownloadError,
  type DownloadErrorOptions,
  type ErrorClass,
  HttpStatusError,
  InsecureError,
  IntegrityError,
  NetworkError,
  RedirectError,
  StalledError,
} from './errors/errors.ts'
export type { Backoff } from './network/backoff.ts'
export type { DownloadEntry } from './plan/entry.ts'
export { type InputProblem, parseInputFile } from './plan/input-file.ts'
export type { FailurePolicy } from './plan/policy.ts'
export { type SafeNameOptions, safeName } from './plan/safe-name.ts'
export { download } from './transfer/download.ts'
export { Downloader, downloadAll } from './transfer/downloader.ts'
export type { DownloadEvent, RunEvent } from './transfer/events.ts'
export { EXIT_CODES, exitCode } from './transfer/exit-code.ts'
export type {
  DownloadAllOptions,
  DownloadOptions,
  IfExists,
  TransferOptions,
} from './transfer/options.ts'
export type { DownloadReport } from './transfer/report.ts'
export type { Downloaded, FileResult } from './transfer/result.ts'
