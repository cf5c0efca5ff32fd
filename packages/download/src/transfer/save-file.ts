import { createHash } from 'node:crypto'
import { abortable } from 'hocket'
import { errno } from '../disk/errno.ts'
import { forgetFolder, makeFolder } from '../disk/folders.ts'
import { hashFile } from '../disk/hash-file.ts'
import { createPartFile } from '../disk/open-part.ts'
import type { PartFile } from '../disk/part-file.ts'
import { ChecksumError } from '../errors/errors.ts'
import type { Job } from './job.ts'
import type { Steps } from './steps.ts'

/** Less is written before anybody else could have asked for something. */
const GIVES_WAY_FROM = 16 * 1024

/** Where the file is, and what it has. */
export interface Saved {
  readonly status: 'done' | 'skipped'
  readonly path: string
  readonly bytes: number
}

/** A part file that the job has before anything else can happen. */
export function* createPart(job: Job, name: string, record: PartFile['record']): Steps<PartFile> {
  yield* job.onDisk(async () => {
    await inFolder(job, async () => {
      // The job has it before anything else can happen: a cancel can't lose it.
      job.part = await createPartFile(job.folder, name, record, job.partOptions)
    })
  })
  return job.part as PartFile
}

/** All bytes are in memory: checks them, and makes the file. */
export function* saveSmall(job: Job, name: string, content: Uint8Array): Steps<Saved> {
  const { checksum } = job.entry
  if (content.length >= GIVES_WAY_FROM && job.run.small.isQuickWith(content)) yield* job.giveWay()
  for (const algorithm of hashesOf(job)) {
    const digest = createHash(algorithm).update(content).digest('hex')
    checkDigest(job, algorithm, digest, checksum)
  }
  const path = yield* placeSmall(job, name, content)
  return saved(job, path, content.length)
}

function* placeSmall(job: Job, name: string, content: Uint8Array): Steps<string> {
  const { small } = job.run
  try {
    const path = small.writeNow(job.folder, name, content)
    if (path !== null) return path
  } catch (error) {
    throw job.diskError(error)
  }
  return yield* job.onDisk((signal) =>
    inFolder(job, () => small.write(job.folder, name, content, signal)),
  )
}

/** All bytes are in the part file: checks them, and gives it its name. */
export function* complete(job: Job, part: PartFile, size: number): Steps<Saved> {
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
  makeFolder(job.folder)
  try {
    return await work()
  } catch (error) {
    if (errno(error) !== 'ENOENT') throw error
    // Somebody has removed it since it was made.
    forgetFolder(job.folder)
    makeFolder(job.folder)
    return await work()
  }
}
