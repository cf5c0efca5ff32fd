import type { PartRecord } from '../disk/sidecar.ts'

/** What the headers of an answer say of the file. */
export interface Head {
  readonly status: number
  /** Where it came from, after redirects. */
  readonly url: URL
  readonly redirects: number
  /** Content-Length in bytes; null when the server did not say. */
  readonly length: number | null
  readonly etag: string | null
  readonly lastModified: string | null
  /** The moment the server answered, as it says. */
  readonly date: string | null
  readonly encoding: string
  readonly acceptRanges: string | null
  readonly contentType: string | null
  readonly contentRange: string | null
  readonly disposition: string | null
  readonly retryAfter: string | null
}

/** Where a 206 lies, as its Content-Range says; the last byte belongs to it. */
export interface ContentRange {
  readonly first: number
  readonly last: number
  readonly total: number | null
}

/** Null if it says nothing that can be understood. */
export function parseContentRange(value: string | null): ContentRange | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(value?.trim() ?? '')
  if (match === null) return null
  const [first, last] = [Number(match[1]), Number(match[2])]
  const total = match[3] === '*' ? null : Number(match[3])
  if (first > last || (total !== null && last >= total)) return null
  return { first, last, total }
}

/** The size that a 416 gives: `bytes *\/SIZE`. */
export function parseUnsatisfied(value: string | null): number | null {
  const match = /^bytes \*\/(\d+)$/i.exec(value?.trim() ?? '')
  return match === null ? null : Number(match[1])
}

/** Where the bytes of an answer are. The query may be a token, which is another one each time. */
export function sourceOf({ url }: Pick<Head, 'url'>): string {
  return url.origin + url.pathname
}

const ONE_MINUTE_MS = 60_000

/** A validator that stands for the same bytes, for If-Range; null if there is none. RFC 9110 8.8. */
export function strongValidator(head: Pick<Head, 'etag' | 'lastModified' | 'date'>): {
  etag: string | null
  lastModified: string | null
} | null {
  if (head.etag !== null && /^"[^"]*"$/.test(head.etag)) {
    return { etag: head.etag, lastModified: head.lastModified }
  }
  if (head.etag !== null || head.lastModified === null || head.date === null) return null
  // A file may change twice in the second that its date names: a minute later it can't any more.
  const age = Date.parse(head.date) - Date.parse(head.lastModified)
  return age >= ONE_MINUTE_MS ? { etag: null, lastModified: head.lastModified } : null
}

/** What If-Range is sent as. */
export function ifRange(record: PartRecord): string {
  return record.etag ?? record.lastModified ?? ''
}

/**
 * Whether a 206 is part of the file that the record tells of. A server that sent a validator with the
 * whole must send it with a part; without it there is no proof that it has looked at If-Range.
 */
export function isSameFile(head: Head, record: PartRecord): boolean {
  if (record.etag !== null) return head.etag === record.etag
  return head.lastModified === record.lastModified
}
