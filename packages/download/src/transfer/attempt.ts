import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { abortable, type Coroutine, coroutine } from 'hocket'
import { errno } from '../disk/errno.ts'
import { forgetFolder, makeFolder } from '../disk/folders.ts'
import { hashFile, hashOf } from '../disk/hash-file.ts'
import { PartFile } from '../disk/part-file.ts'
import { ChecksumError, IntegrityError, NetworkError } from '../errors/errors.ts'
import type { Range } from '../plan/range-set.ts'
import { strongValidator } from './answer.ts'
import type { Answer } from './ask.ts'
import { checkWhole } from './check-head.ts'
import { checkRest, rangeHeaders, restOf } from './check-rest.ts'
import type { Job } from './job.ts'
import { openAnswer } from './open-answer.ts'
import { readMissing, readSome, readToEnd } from './readers.ts'
import type { Steps } from './steps.ts'

/** From here on it is worth going on with a part of it. */
const RESUME_FROM_BYTES = 1024 * 1024
/** What a body of unknown length may hold in memory. */
const UNKNOWN_BYTES = 256 * 1024

/** Where the file is, and what it has. */
export interface Saved {
  readonly status: 'done' | 'skipped'
  readonly path: string
  readonly bytes: number
}

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
  return restOf(part, part.record.size as number)
}

function noteHead(job: Job, { head }: Answer): void {
  const { url } = head
  job.finalUrl = url.username === '' && url.password === '' ? url.href : bare(url)
  job.redirects = head.redirects
  job.httpStatus = head.status
  if (head.redirects > 0 && url.host !== job.url.host) {
    const message = `${job.url.host} has led to another host: ${url.host}`
    if (!job.warnings.includes(message)) job.warn(message)
  }
}

function bare(url: URL): string {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  return copy.href
}

/** What an answer to the request for a range comes to; null if it is to be asked anew. */
function* takeRest(job: Job, part: PartFile, rest: Range, answer: Answer): Steps<Saved | null> {
  const verdict = checkRest(job, part, rest, answer.head)
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
  const { settings, memory } = job.run
  const name = job.nameOf(head)
  const size = head.length
  job.size = size
  const old = job.name === name ? null : yield* skipOld(job, name)
  if (old !== null) return old
  job.name = name

  if (size !== null && size <= RESUME_FROM_BYTES && job.part === null && memory.tryTake(size)) {
    try {
      return yield* takeSmall(job, answer, name, size)
    } finally {
      memory.giveBack(size)
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
      etag === record.etag && lastModified === record.lastModified && found.record.size === size
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

/** A file that was there before the run, is not another one, and shall stay; null if there is none. */
export function* skipOld(job: Job, name: string): Steps<Saved | null> {
  const { run, folder, entry } = job
  if (run.settings.ifExists !== 'skip') return null
  // Mostly nothing has to be asked of the disk, which would cost a small file a turn of the loop.
  if (run.known(folder)?.names.has(name) === false) return null
  const bytes = yield* job.onDisk(() => run.sizeOfOld(folder, name))
  if (bytes === null) return null
  const { checksum } = entry
  if (checksum !== null) {
    const digest = yield* job.onDisk((signal) =>
      hashOf(join(folder, name), bytes, checksum.hash, signal),
    )
    if (digest !== checksum.digest) return null
    if (checksum.hash === 'sha256') job.sha256 = digest
  }
  return skipped(job, name, bytes)
}

function skipped(job: Job, name: string, bytes: number): Saved {
  const path = join(job.folder, name)
  job.run.taken.add(path)
  job.emit({ type: 'skipped', path, bytes })
  return { status: 'skipped', path, bytes }
}

/** Takes over what was left of this file, if there is something. */
export function* findPart(job: Job, name: string): Steps<boolean> {
  const { folder, run } = job
  if (run.known(folder)?.sidecars.size === 0) return false
  yield* job.onDisk(async () => {
    const { sidecars } = await run.listing(folder)
    job.part = await PartFile.resume(folder, name, job.shownUrl, job.partOptions, sidecars)
  })
  if (job.part === null) return false
  job.resumed = job.part.done.bytes
  return true
}

function* createPart(job: Job, name: string, record: PartFile['record']): Steps<PartFile> {
  yield* job.onDisk(async () => {
    await inFolder(job, async () => {
      // The job has it before anything else can happen: a cancel can't lose it.
      job.part = await PartFile.create(job.folder, name, record, job.partOptions)
    })
  })
  return job.part as PartFile
}

/** Small enough to be held until it is whole, and written at once. */
function* takeSmall(job: Job, answer: Answer, name: string, size: number): Steps<Saved> {
  job.received = 0
  respond(job, answer, 0)
  const chunks: Uint8Array[] = []
  for (;;) {
    const pieces = yield* readSome(job, answer)
    if (pieces.length === 0) break
    chunks.push(...pieces)
  }
  if (job.received !== size) {
    const message = `expected ${size} bytes as Content-Length says, got ${job.received}`
    const options = { url: job.finalUrl }
    throw job.received < size
      ? new NetworkError(message, options)
      : new IntegrityError(message, options)
  }
  return yield* saveSmall(job, name, chunks, size)
}

function* takeUnknown(job: Job, answer: Answer, name: string): Steps<Saved> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (job.part === null) {
    let isEnded = false
    while (!isEnded && bytes <= UNKNOWN_BYTES) {
      const pieces = yield* readSome(job, answer)
      isEnded = pieces.length === 0
      for (const piece of pieces) bytes += piece.length
      chunks.push(...pieces)
    }
    if (isEnded) return yield* saveSmall(job, name, chunks, bytes)
  }
  const record = job.recordOf(answer.head, null)
  const part = job.part ?? (yield* createPart(job, name, record))
  const size = yield* readToEnd(job, part, answer, chunks)
  return yield* complete(job, part, size)
}

/** All bytes are in memory: checks them, and makes the file. */
function* saveSmall(job: Job, name: string, chunks: Uint8Array[], bytes: number): Steps<Saved> {
  const { checksum } = job.entry
  for (const algorithm of hashesOf(job)) {
    const hash = createHash(algorithm)
    for (const chunk of chunks) hash.update(chunk)
    checkDigest(job, algorithm, hash.digest('hex'), checksum)
  }
  const path = yield* placeSmall(job, name, chunks, bytes)
  return saved(job, path, bytes)
}

function* placeSmall(job: Job, name: string, chunks: Uint8Array[], bytes: number): Steps<string> {
  const { small } = job.run
  try {
    const path = small.writeNow(job.folder, name, chunks, bytes)
    if (path !== null) return path
  } catch (error) {
    // The folder may have to be made first.
    if (errno(error) !== 'ENOENT') throw job.diskError(error)
  }
  return yield* job.onDisk((signal) =>
    inFolder(job, () => small.write(job.folder, name, chunks, bytes, signal)),
  )
}

/** All bytes are in the part file: checks them, and gives it its name. */
function* complete(job: Job, part: PartFile, size: number): Steps<Saved> {
  yield* job.onDisk(() => part.finish(size))
  for (const algorithm of hashesOf(job)) {
    const digest = yield* job.onDisk((signal) => hashFile(part.opened(), size, algorithm, signal))
    try {
      checkDigest(job, algorithm, digest, job.entry.checksum)
    } catch (error) {
      job.part = null
      yield* abortable(() => part.discard())
      throw error
    }
  }
  const path = yield* job.onDisk((signal) => part.commit(signal))
  job.part = null
  return saved(job, path, size)
}

function saved(job: Job, path: string, bytes: number): Saved {
  job.run.taken.add(path)
  job.emit({ type: 'saved', path, bytes })
  return { status: 'done', path, bytes }
}

function hashesOf(job: Job): Set<string> {
  const hashes = new Set<string>()
  if (job.run.settings.sha256) hashes.add('sha256')
  if (job.entry.checksum !== null) hashes.add(job.entry.checksum.hash)
  return hashes
}

function checkDigest(
  job: Job,
  algorithm: string,
  actual: string,
  checksum: Job['entry']['checksum'],
): void {
  if (algorithm === 'sha256') job.sha256 = actual
  if (checksum === null || checksum.hash !== algorithm || checksum.digest === actual) return
  job.sha256 = null
  throw new ChecksumError({
    url: job.finalUrl,
    algorithm: checksum.algorithm,
    expected: checksum.digest,
    actual,
  })
}

/** Does it in the job's folder, which is made where it is missing. */
async function inFolder<T>(job: Job, work: () => Promise<T>): Promise<T> {
  await makeFolder(job.folder)
  try {
    return await work()
  } catch (error) {
    if (errno(error) !== 'ENOENT') throw error
    // Somebody has removed it since it was made.
    forgetFolder(job.folder)
    await makeFolder(job.folder)
    return await work()
  }
}
