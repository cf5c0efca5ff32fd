import { stripAuthFromUrl } from '@hocket/http'
import { abortable, type Coroutine, coroutine } from 'hocket'
import type { PartFile } from '../disk/part-file.ts'
import { IntegrityError, NetworkError } from '../errors/errors.ts'
import type { Range } from '../plan/range-set.ts'
import { strongValidator } from './answer.ts'
import type { Answer } from './ask.ts'
import { checkWhole } from './check-head.ts'
import { checkRest, fromElsewhere, rangeHeaders, restOf } from './check-rest.ts'
import type { Job } from './job.ts'
import { findPart, skipOld } from './look-around.ts'
import { openAnswer } from './open-answer.ts'
import { isAtEnd, readMissing, readSome, readToEnd } from './readers.ts'
import { complete, createPart, type Saved, saveSmall } from './save-file.ts'
import type { Steps } from './steps.ts'

/** From here on it is worth going on with a part of it. */
const RESUME_FROM_BYTES = 1024 * 1024
/** What a body of unknown length may hold in memory. */
const UNKNOWN_BYTES = 256 * 1024

/**
 * One try: asks for the file, or for the rest of it, and brings it to its name. What came before a
 * failure is in the job's part file.
 */
export const attempt: (job: Job) => Coroutine<Saved> = coroutine(function* attempt(job: Job) {
  job.trustedRanges = !job.distrustsRanges
  for (;;) {
    const part = job.part
    const rest = part === null ? null : goOnWith(job, part)
    job.emit({ type: 'request', url: job.shownUrl, attempt: job.attempts })
    const answer = yield* openAnswer(
      job,
      part !== null && rest !== null ? rangeHeaders(part, rest) : {},
    )
    try {
      noteHead(job, answer)
      const saved =
        part !== null && rest !== null
          ? yield* takeRest(job, part, rest, answer)
          : yield* takeWhole(job, answer)
      if (saved !== null) return saved
    } finally {
      answer.close()
    }
  }
})

/** The range that is to be asked for; null if the whole file is. */
function goOnWith(job: Job, part: PartFile): Range | null {
  if (job.distrustsRanges || job.mustRestart || !part.record.resumable || part.done.bytes === 0)
    return null
  if (!job.trustsValidatorOf(part.record)) return null
  return restOf(part, part.record.size as number)
}

function noteHead(job: Job, { head }: Answer): void {
  const { url } = head
  job.finalUrl = stripAuthFromUrl(url)
  job.redirects = head.redirects
  job.httpStatus = head.status
  if (head.redirects > 0 && url.host !== job.url.host) {
    const message = `${job.url.host} has led to another host: ${url.host}`
    if (!job.warnings.includes(message)) job.warn(message)
  }
}

/** What an answer to the request for a range comes to; null if it is to be asked anew. */
function* takeRest(job: Job, part: PartFile, rest: Range, answer: Answer): Steps<Saved | null> {
  const verdict = checkRest(job, part, rest, answer.head)
  if (verdict === 'elsewhere') throw fromElsewhere(part, answer.head)
  if (verdict === 'other') {
    checkWhole(answer.head)
    return yield* takeWhole(job, answer)
  }
  const size = part.record.size as number
  job.size = size
  job.received = part.done.bytes
  job.isSpliced = true
  respond(job, answer, part.done.bytes)
  if (!part.done.has(0, size)) yield* readMissing(job, part, answer, rest[0])
  return yield* complete(job, part, size)
}

/** A whole file comes. Null if there is a part of it already, of which only the rest is needed. */
function* takeWhole(job: Job, answer: Answer): Steps<Saved | null> {
  const { head } = answer
  checkWhole(head)
  const { settings, memory, buffers } = job.run
  const name = job.nameOf(head)
  const size = head.length
  job.size = size
  const old = job.name === name ? null : yield* skipOld(job, name)
  if (old !== null) return old
  job.name = name

  if (size !== null && size <= RESUME_FROM_BYTES && job.part === null && memory.tryTake(size)) {
    const buffer = buffers.take(size)
    try {
      return yield* takeSmall(job, answer, name, buffer.subarray(0, size))
    } finally {
      memory.giveBack(size)
      buffers.giveBack(buffer)
    }
  }
  if (job.part !== null && job.part.name !== name) {
    const { part } = job
    yield* abortable(() => part.discard())
    job.part = null
  }
  const record = job.recordOf(head, strongValidator(head))
  if (job.part === null && settings.resume && (yield* findPart(job, name))) {
    const found = job.part as unknown as PartFile
    const { etag, lastModified } = found.record
    const isSame =
      job.trustsValidatorOf(found.record) &&
      job.trustsAnswer(head, found.record) &&
      etag === record.etag &&
      lastModified === record.lastModified &&
      found.record.size === size
    if (isSame && found.done.bytes > 0 && !job.distrustsRanges) return null
  }
  if (job.part !== null) {
    const { part } = job
    if (part.done.bytes > 0) job.warn('what was on the disk is of another version: begun anew')
    yield* job.onDisk(() => part.restart(record))
  }
  job.mustRestart = false
  job.isSpliced = false
  job.received = 0
  job.resumed = 0
  respond(job, answer, 0)
  if (size === null) return yield* takeUnknown(job, answer, name)
  const part = job.part ?? (yield* createPart(job, name, record))
  yield* readMissing(job, part, answer, 0)
  return yield* complete(job, part, size)
}

function respond(job: Job, { head }: Answer, resumed: number): void {
  const { finalUrl: url, size } = job
  job.emit({ type: 'response', url, status: head.status, size, resumed })
}

/** Small enough to be held until it is whole, and written at once. */
function* takeSmall(job: Job, answer: Answer, name: string, content: Buffer): Steps<Saved> {
  const size = content.length
  job.received = 0
  respond(job, answer, 0)
  while (job.received < size) {
    const bytes = yield* readSome(job, answer, content.subarray(job.received))
    if (bytes === 0) {
      const message = `expected ${size} bytes as Content-Length says, got ${job.received}`
      throw new NetworkError(message, { url: job.finalUrl })
    }
  }
  if (!(yield* isAtEnd(job, answer))) {
    const message = `expected ${size} bytes as Content-Length says, got more`
    throw new IntegrityError(message, { url: job.finalUrl })
  }
  return yield* saveSmall(job, name, content)
}

function* takeUnknown(job: Job, answer: Answer, name: string): Steps<Saved> {
  const { buffers } = job.run
  const head = buffers.take(job.part === null ? UNKNOWN_BYTES : 0)
  try {
    while (job.received < head.length) {
      const bytes = yield* readSome(job, answer, head.subarray(job.received))
      if (bytes === 0) return yield* saveSmall(job, name, head.subarray(0, job.received))
    }
    const record = job.recordOf(answer.head, null)
    const part = job.part ?? (yield* createPart(job, name, record))
    const size = yield* readToEnd(job, part, answer, head)
    return yield* complete(job, part, size)
  } finally {
    buffers.giveBack(head)
  }
}
