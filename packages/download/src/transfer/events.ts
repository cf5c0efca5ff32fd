import type { DownloadError } from '../errors/errors.ts'
import type { FileResult } from './result.ts'

/**
 * What `onEvent` of a download is told, as it happens: `request` and `response` for each try, `data`
 * for what comes of the body, `saved` once. A download that fails or is cancelled tells nothing more.
 */
export type DownloadEvent =
  /** A request for the file, or the rest of it, is about to be sent. */
  | { type: 'request'; url: string; attempt: number }
  /**
   * The headers are here. `size` in bytes is null when the server did not say; `resumed` are bytes
   * that were on the disk before.
   */
  | { type: 'response'; url: string; status: number; size: number | null; resumed: number }
  /** `bytes` more have come, `received` in all, with what was resumed. */
  | { type: 'data'; bytes: number; received: number; size: number | null }
  /** It failed and is tried again, in `delay` ms or when the host lets it. */
  | { type: 'retry'; attempt: number; delay: number; error: DownloadError }
  /** Something that should be known, and is no failure: another host, a file that has changed. */
  | { type: 'warning'; message: string }
  /** The whole file stands at `path`. */
  | { type: 'saved'; path: string; bytes: number }
  /** There was such a file already, and it was left as it is. */
  | { type: 'skipped'; path: string; bytes: number }

/** What `onEvent` of a run is told. */
export type RunEvent =
  /** Something happened to the file of the entry at `index`. */
  | { type: 'file'; index: number; url: string; event: DownloadEvent }
  /** The file at `index` is done with: saved, skipped, failed or cancelled. */
  | { type: 'result'; index: number; result: FileResult }
  /** No file of this host is begun for `ms`. */
  | { type: 'pause'; host: string; ms: number; reason: string }
  /** So many connections to this host at most, from now on. */
  | { type: 'limit'; host: string; limit: number }
