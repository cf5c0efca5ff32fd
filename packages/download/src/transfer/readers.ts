import { abortable, type Coroutine, coroutine, type TaskGroup, taskGroup } from 'hocket'
import type { PartFile } from '../disk/part-file.ts'
import {
  ChangedError,
  DiskError,
  DownloadError,
  HttpStatusError,
  IntegrityError,
  NetworkError,
} from '../errors/errors.ts'
import { Pieces } from '../plan/pieces.ts'
import type { Range } from '../plan/range-set.ts'
import type { Answer } from './ask.ts'
import { Batch } from './batch.ts'
import { statusError } from './check-head.ts'
import { checkRest, fromElsewhere, rangeHeaders } from './check-rest.ts'
import type { Job } from './job.ts'
import { openAnswer } from './open-answer.ts'
import type { Steps } from './steps.ts'

const PIECE_BYTES = 16 * 1024 * 1024
// Nobody looks at what comes into it.
const ONE_MORE = new Uint8Array(1)

/** One file being read by several connections, or by one. */
class Transfer {
  readonly job: Job
  readonly part: PartFile
  readonly size: number
  readonly pieces: Pieces
  group: TaskGroup | null = null
  /** What ends the whole transfer. */
  fatal: DownloadError | null = null
  /** What has ended the last reader that failed. */
  last: DownloadError | null = null

  constructor(job: Job, part: PartFile, size: number, pieceBytes: number) {
    this.job = job
    this.part = part
    this.size = size
    this.pieces = new Pieces(part.done.missing(size), pieceBytes)
  }

  failed(error: DownloadError): void {
    this.last = error
    if (error instanceof DiskError || error instanceof IntegrityError) {
      this.fatal ??= error
      this.group?.cancel()
    }
  }
}

/**
 * Reads all that is missing of a file whose size is known. `answer` begins at `start`; it is read as
 * far as nobody else has read, and the rest by requests for ranges.
 *
 * @throws {@link DownloadError} if not all of it is there in the end; what came is in the part file
 */
export const readMissing: (
  job: Job,
  part: PartFile,
  answer: Answer,
  start: number,
) => Coroutine<void> = coroutine(function* readMissing(
  job: Job,
  part: PartFile,
  answer: Answer,
  start: number,
) {
  const size = part.record.size as number
  const helpers = helpersFor(job, part, answer, size)
  const isSplit = helpers > 0
  const transfer = new Transfer(job, part, size, isSplit ? PIECE_BYTES : Infinity)
  if (!isSplit) yield* readAll(transfer, answer, start)
  else {
    yield* taskGroup(function* (group) {
      transfer.group = group
      void group.createTask(readAll(transfer, answer, start), { name: 'piece' })
      for (let i = 0; i < helpers && i < transfer.pieces.left; i++) {
        const place = job.run.places.tryEnter(job.url.host)
        if (place === null) break
        const helper = group.createTask(help(transfer), { name: 'piece' })
        helper.addDoneCallback(() => place.leave())
      }
    })
  }
  if (transfer.fatal !== null) throw transfer.fatal
  if (part.done.has(0, size)) return
  throw transfer.last ?? new NetworkError('expected more bytes, got none', { url: job.finalUrl })
})

/** Reads a body whose length nobody knows to its end, after `head` has come; gives the length. */
export const readToEnd: (
  job: Job,
  part: PartFile,
  answer: Answer,
  head: Uint8Array,
) => Coroutine<number> = coroutine(function* readToEnd(
  job: Job,
  part: PartFile,
  answer: Answer,
  head: Uint8Array,
) {
  if (head.length > 0) yield* job.onDisk(() => part.write(head, 0))
  const batch = new Batch(job, part, head.length)
  for (;;) {
    const bytes = yield* readSome(job, answer, batch.room(Infinity))
    if (bytes === 0) break
    batch.filled(bytes)
    if (batch.isFull) yield* batch.flush()
  }
  yield* batch.finish()
  return batch.end
})

/** Reads what is here of a body, at the rate that is allowed; gives the number of bytes, 0 at its end. */
export function* readSome(job: Job, answer: Answer, buffer: Uint8Array): Steps<number> {
  const bytes = yield* answer.readinto(buffer, job.finalUrl)
  if (bytes === 0) return 0
  job.received += bytes
  const { bucket } = job.run
  if (bucket !== null) yield* bucket.take(bytes)
  job.emit({ type: 'data', bytes, received: job.received, size: job.size })
  return bytes
}

/** Nothing more comes: there was no more than the file has. */
export function* isAtEnd(job: Job, answer: Answer): Steps<boolean> {
  return (yield* readSome(job, answer, ONE_MORE)) === 0
}

/** How many more connections are worth it. */
function helpersFor(job: Job, part: PartFile, { head }: Answer, size: number): number {
  const { connections, splitFrom } = job.run.settings
  if (connections < 2 || size < splitFrom || !part.record.resumable) return 0
  if (job.distrustsRanges || (head.status !== 206 && head.acceptRanges !== 'bytes')) return 0
  const pieces = Math.ceil((size - part.done.bytes) / PIECE_BYTES)
  return Math.min(connections, pieces) - 1
}

/** Reads the answer that is open as far as it goes, then whatever is left. */
const readAll = coroutine(function* readAll(transfer: Transfer, answer: Answer, start: number) {
  // How far this answer goes: a range up to the end of its gap, a whole file up to its own.
  const cover = answer.head.status === 206 ? transfer.pieces.reach(start) : transfer.size
  const first = transfer.pieces.takeAt(start)
  const isWell = first === null || (yield* readPiece(transfer, answer, first, cover))
  if (isWell) yield* readRanges(transfer)
})

const help = coroutine(function* help(transfer: Transfer) {
  yield* readRanges(transfer)
})

/** Asks for pieces, the last ones first, until none is left or something fails. */
function* readRanges(transfer: Transfer): Steps<void> {
  const { pieces } = transfer
  for (let piece = pieces.takeLast(); piece !== null; piece = pieces.takeLast()) {
    const answer = yield* openRange(transfer, piece)
    if (answer === null) return
    try {
      if (!(yield* readPiece(transfer, answer, piece, piece[1]))) return
    } finally {
      answer.close()
    }
  }
}

/** An answer that is proven to be this piece; null if there is none, and the reader is to end. */
function* openRange(transfer: Transfer, piece: Range): Steps<Answer | null> {
  const { job, part, pieces } = transfer
  let answer: Answer | null = null
  let isProven = false
  try {
    answer = yield* openAnswer(job, rangeHeaders(part, piece))
    const { head } = answer
    const verdict = checkRest(job, part, piece, head)
    isProven = verdict === 'range'
    if (isProven) return answer
    if (verdict === 'elsewhere') {
      // Whoever reads from the first server goes on.
      transfer.last ??= fromElsewhere(part, head)
      return null
    }
    if (head.status !== 200) throw statusError(head)
    if (part.record.etag !== null && head.etag !== part.record.etag) {
      throw new ChangedError('the file has changed on the server: it is begun anew', {
        url: job.finalUrl,
      })
    }
    // It gives no ranges after all. Whoever reads the whole goes on.
    job.distrustsRanges = true
    transfer.last ??= statusError(head)
    return null
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error
    noteOverload(job, error)
    transfer.failed(error)
    return null
  } finally {
    if (!isProven) {
      answer?.close()
      pieces.giveBack(...piece)
    }
  }
}

/**
 * Reads an answer into its piece, and into those behind it while they are free. False if it failed;
 * then the rest of the piece is for others, and what came is brought to the disk.
 */
function* readPiece(
  transfer: Transfer,
  answer: Answer,
  piece: Range,
  cover: number,
): Steps<boolean> {
  const { job, part, pieces } = transfer
  const batch = new Batch(job, part, piece[0])
  let end = piece[1]
  let isDone = false
  try {
    while (batch.end < end) {
      const bytes = yield* readSome(job, answer, batch.room(end - batch.end))
      if (bytes === 0) throw cutShort(job, end - batch.end)
      batch.filled(bytes)
      if (batch.end === end && end < cover) end = pieces.takeAt(end)?.[1] ?? end
      if (batch.isFull) yield* batch.flush()
    }
    if (end === cover && !(yield* isAtEnd(job, answer))) throw tooMuch(job)
    yield* batch.finish()
    isDone = true
    answer.release()
    return true
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error
    transfer.failed(error)
    return false
  } finally {
    if (!isDone) {
      pieces.giveBack(batch.end, end)
      answer.close()
      yield* abortable(() => batch.rescue())
    }
  }
}

function tooMuch(job: Job): IntegrityError {
  job.distrustsRanges = true
  const message = 'expected the range that was asked for, got more bytes: it is asked for whole'
  return new IntegrityError(message, { url: job.finalUrl })
}

function cutShort(job: Job, missing: number): NetworkError {
  return new NetworkError(`expected ${missing} more bytes, got the end of the body`, {
    url: job.finalUrl,
  })
}

function noteOverload(job: Job, error: DownloadError): void {
  if (!(error instanceof HttpStatusError) || error.retryAfter === null) return
  const { maxRetryAfter } = job.run.settings
  if (error.retryAfter > maxRetryAfter) return
  job.run.places.gateOf(job.url.host).pause(error.retryAfter, `status ${error.status}`)
}
