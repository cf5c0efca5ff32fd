import { stripAuthFromUrl } from '@hocket/http'
import { HttpStatusError, IntegrityError } from '../errors/errors.ts'
import { parseRetryAfter } from '../network/backoff.ts'
import type { Head } from './answer.ts'

const COMPLETE: ReadonlySet<number> = new Set([200, 203])

/**
 * Looks whether the answer is the whole file.
 *
 * @throws {@link HttpStatusError} if it is something else
 * @throws {@link IntegrityError} if it is encoded
 */
export function checkWhole(head: Head): void {
  if (!COMPLETE.has(head.status)) throw statusError(head)
  checkEncoding(head)
}

/** @throws {@link IntegrityError} if the bytes are not those of the file */
function checkEncoding(head: Head): void {
  if (head.encoding === 'identity' || head.encoding === '') return
  throw new IntegrityError(
    `expected the file itself (identity), got it encoded as ${head.encoding}`,
    { url: stripAuthFromUrl(head.url) },
  )
}

export function statusError(head: Head): HttpStatusError {
  const retryAfter = parseRetryAfter(head.retryAfter, Date.now())
  const wait = retryAfter === null ? '' : ` (come back in ${Math.ceil(retryAfter / 1000)} s)`
  return new HttpStatusError(`expected status 200, got ${head.status}${wait}`, {
    url: stripAuthFromUrl(head.url),
    status: head.status,
    retryAfter,
  })
}
