import { basename } from 'node:path'
import {
  abortable,
  type Coroutine,
  coroutine,
  sleep,
  type Timeout,
  TimeoutError,
  timeout as within,
} from 'hocket'
import { ChangedError, DeadlineError, DownloadError } from '../errors/errors.ts'
import type { Place } from '../network/places.ts'
import { attempt } from './attempt.ts'
import type { Job } from './job.ts'
import { findPart, skipOld } from './look-around.ts'
import type { Downloaded } from './result.ts'
import type { Saved } from './save-file.ts'
import type { Steps } from './steps.ts'
import { judge } from './verdict.ts'

/** So much progress makes up for a failure. */
const PROGRESS_BYTES = 1024 * 1024

/**
 * Brings one file to the disk, in as many tries as it may have. `place` is where it begins; it is left
 * in any case. What can be resumed is left to be resumed, whatever happens; else nothing is left.
 *
 * @throws {@link DownloadError} if there is no file in the end
 */
export const transferFile: (job: Job, place: Place | null) => Coroutine<Downloaded> = coroutine(
  function* transferFile(job: Job, place: Place | null) {
    job.place = place
    const { timeout } = job.run.settings
    if (timeout === null) return yield* tryAll(job)
    let scope: Timeout | undefined
    try {
      return yield* within(timeout, function* (own) {
        scope = own
        return yield* tryAll(job)
      })
    } catch (error) {
      if (!(error instanceof TimeoutError) || scope?.expired() !== true) throw error
      const message = `expected the file within ${timeout} ms, got ${job.received} bytes`
      throw failed(job, new DeadlineError(message, { url: job.finalUrl, cause: error }))
    }
  },
)

function* tryAll(job: Job): Steps<Downloaded> {
  const { places, settings } = job.run
  try {
    const there = yield* lookAround(job)
    if (there !== null) return report(job, there)
    let failures = 0
    let best = 0
    for (;;) {
      job.place ??= yield* places.enter(job.url.host)
      const { place } = job
      job.attempts += 1
      try {
        const saved = yield* attempt(job)
        place.gate.succeeded()
        return report(job, saved)
      } catch (error) {
        if (!(error instanceof DownloadError)) throw error
        const there = job.part?.done.bytes ?? 0
        failures = there - best >= PROGRESS_BYTES ? 1 : failures + 1
        best = Math.max(best, there)
        if (error instanceof ChangedError) job.mustRestart = true
        failed(job, error)
        const delay = judge(job, error, place, failures)
        place.leave()
        job.place = null
        job.emit({ type: 'retry', attempt: job.attempts, delay, error })
        if (delay > 0) yield* sleep(delay)
      }
    }
  } finally {
    job.place?.leave()
    yield* leaveBehind(job, settings.resume)
  }
}

/** Looks for what is on the disk already: the file itself, or a part of it. */
function* lookAround(job: Job): Steps<Saved | null> {
  const { run, entry } = job
  const { resume } = run.settings
  job.name = entry.fallbackName
  if (resume) yield* findPart(job, entry.fallbackName)
  const old = yield* skipOld(job, entry.fallbackName)
  const { part } = job
  if (old === null || part === null) return old
  job.part = null
  yield* abortable(() => part.discard())
  return old
}

/** One promise for the whole clean-up: a second cancel can't stop it half-way. */
function* leaveBehind(job: Job, resumable: boolean): Steps<void> {
  const { part } = job
  if (part === null) return
  job.part = null
  yield* abortable(() => (resumable ? part.suspend() : part.discard()))
}

function failed<E extends DownloadError>(job: Job, error: E): E {
  error.attempts = job.attempts
  return error
}

function report(job: Job, { status, path, bytes }: Saved): Downloaded {
  return {
    status,
    url: job.finalUrl,
    path,
    name: basename(path),
    bytes,
    resumed: status === 'done' ? job.resumed : 0,
    attempts: job.attempts,
    redirects: job.redirects,
    httpStatus: job.httpStatus,
    sha256: job.sha256,
    warnings: job.warnings,
  }
}
