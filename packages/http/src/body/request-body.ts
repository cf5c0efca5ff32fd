import type { EventLoop } from 'hocket'

/** What undici sends as it is. */
export type WireBody = Buffer | AsyncIterable<Uint8Array>

/** The body of a request, ready to be sent. */
export interface RequestBody {
  /** What `Content-Type` says, unless the request says something else; null for nothing. */
  readonly contentType: string | null
  /** In bytes; null where that is not known in advance. */
  readonly length: number | null
  /** What `Content-Encoding` says; null for nothing. */
  readonly encoding: string | null
  /** It can be sent again, by a retry or a redirect. False for streams. */
  readonly isReplayable: boolean
  /** It has been sent, in part at least. */
  readonly isUsed: boolean
  /** What reading its source has thrown; undefined if nothing has. */
  readonly failure: unknown
  /**
   * Begins to send it; what it is read from runs as a task of `loop`.
   *
   * @throws {@link TypeError} if it was sent already and can't be sent again
   */
  open(loop: EventLoop): WireBody
  /** It will not be sent any further: lets go of what it reads from. */
  close(): void
}
