import { stripAuthFromUrl } from '@hocket/http'
import type { PartFile } from '../disk/part-file.ts'
import { ChangedError, IntegrityError } from '../errors/errors.ts'
import type { Range } from '../plan/range-set.ts'
import { type Head, ifRange, isSameFile, parseContentRange, parseUnsatisfied } from './answer.ts'
import type { Job } from './job.ts'

/** What an answer to the request for a range is worth. */
export type RestVerdict =
  /** It is that range of the same file. */
  | 'range'
  /** Nothing is missing. */
  | 'complete'
  /** It may be that range, but is another server's, whose validators say nothing of this file. */
  | 'elsewhere'
  /** It is not about a range at all: the whole file, or an error. */
  | 'other'

/** Asks for one range, provided that the file is still the one of the record. */
export function rangeHeaders(part: PartFile, [start, end]: Range): Record<string, string> {
  return { range: `bytes=${start}-${end - 1}`, 'if-range': ifRange(part.record) }
}

/**
 * What is asked for to go on: the first gap; where there is none, the last byte, whose answer proves
 * that the file is still the same.
 */
export function restOf(part: PartFile, size: number): Range {
  return part.done.missing(size)[0] ?? [Math.max(0, size - 1), size]
}

/**
 * Looks whether an answer proves that what is on the disk and what comes belong together.
 *
 * @throws {@link ChangedError} if the file is another one
 * @throws {@link IntegrityError} if the answer is not what was asked for; ranges are not asked for again
 */
export function checkRest(job: Job, part: PartFile, [start, end]: Range, head: Head): RestVerdict {
  const size = part.record.size as number
  const options = { url: stripAuthFromUrl(head.url) }
  if (head.status !== 416 && head.status !== 206) return 'other'
  if (!job.trustsAnswer(head, part.record)) {
    job.distrustsRanges = true
    return 'elsewhere'
  }
  if (head.status === 416) {
    const total = parseUnsatisfied(head.contentRange)
    if (total === size && part.done.has(0, size)) return 'complete'
    if (total === size) job.distrustsRanges = true
    throw new ChangedError(
      `expected a file of ${size} bytes, got ${total ?? 'no size'} (416): it is begun anew`,
      options,
    )
  }
  const distrust = (expected: string, got: string): IntegrityError => {
    job.distrustsRanges = true
    return new IntegrityError(`expected ${expected}, got ${got}: it is asked for whole`, options)
  }
  if (head.encoding !== 'identity' && head.encoding !== '') {
    throw distrust('a range of the file itself', `one encoded as ${head.encoding}`)
  }
  if (/^\s*multipart\//i.test(head.contentType ?? '')) {
    throw distrust('one range', head.contentType as string)
  }
  const range = parseContentRange(head.contentRange)
  const asked = `bytes ${start}-${end - 1}/${size}`
  if (range === null) throw distrust(asked, head.contentRange ?? 'no Content-Range')
  if ((range.total !== null && range.total !== size) || isOther(head, part)) {
    throw new ChangedError(`the file has changed on the server: it is begun anew`, options)
  }
  if (!isSameFile(head, part.record)) throw distrust(ifRange(part.record), 'no validator')
  if (range.first !== start || range.last !== end - 1) {
    throw distrust(asked, head.contentRange as string)
  }
  if (head.length !== null && head.length !== end - start) {
    throw distrust(`${end - start} bytes`, `a Content-Length of ${head.length}`)
  }
  return 'range'
}

/** What an answer from elsewhere means for the whole file. */
export function fromElsewhere(part: PartFile, head: Head): IntegrityError {
  return new IntegrityError(
    `expected the rest from ${part.record.source}, got it from elsewhere: it is asked for whole`,
    { url: stripAuthFromUrl(head.url) },
  )
}

/** It says itself that it is another one. */
function isOther({ etag, lastModified }: Head, { record }: PartFile): boolean {
  if (record.etag !== null) return etag !== null && etag !== record.etag
  return lastModified !== null && lastModified !== record.lastModified
}
