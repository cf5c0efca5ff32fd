import type { Readable } from 'node:stream'

/** What undici sends as it is. */
export type WireBody = Buffer | Readable | AsyncIterable<Uint8Array>

/** The body of a request, ready to be sent. */
export interface RequestBody {
  /** What `Content-Type` says, unless the request says something else; null for nothing. */
  readonly contentType: string | null
  /** In bytes; null where that is not known in advance. */
  readonly length: number | null
  /** It can be sent again, by a retry or a redirect. False for streams. */
  readonly isReplayable: boolean
  /** It has been sent, in part at least. */
  readonly isUsed: boolean
  /**
   * Begins to send it.
   *
   * @throws {@link TypeError} if it was sent already and can't be sent again
   */
  open(): WireBody
  /** Lets go of what it reads from. */
  close(): void
}
