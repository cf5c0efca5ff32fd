/**
 * What `onEvent` of a download is told, in this order: `request` once, `response` once, `data` for
 * each piece of the body, `saved` once. A download that fails or is cancelled tells nothing more.
 */
export type DownloadEvent =
  /** The request is about to be sent. */
  | { type: 'request'; url: string }
  /** The headers of the file are here; `size` in bytes is null when the server did not say. */
  | { type: 'response'; url: string; status: number; size: number | null }
  /** `bytes` more are written to the part file, `received` in all. */
  | { type: 'data'; bytes: number; received: number; size: number | null }
  /** The whole file stands at `path`. */
  | { type: 'saved'; path: string; bytes: number }
