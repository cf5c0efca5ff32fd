import {
  ChangedError,
  ChecksumError,
  DiskError,
  type DownloadError,
  HttpStatusError,
  InsecureError,
  IntegrityError,
  NetworkError,
  StalledError,
} from '../errors/errors.ts'
import { jitter } from '../network/backoff.ts'
import type { Place } from '../network/places.ts'
import type { Job } from './job.ts'

/** Answers that may be another one the next time. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])
/** Answers that say that the host has too much to do. */
const OVERLOAD: ReadonlySet<number> = new Set([429, 503])

/**
 * What a failure means for the file and for its host. Gives the wait in ms before the next try; a host
 * that wants to be left alone is paused for all files, beyond that.
 *
 * @throws {@link DownloadError} the failure itself, if it is the last word
 */
export function judge(job: Job, error: DownloadError, place: Place, failures: number): number {
  noteHost(job, error, place)
  if (error instanceof DiskError) throw error
  if (!isPassing(job, error)) {
    // This mirror is out; another one may do.
    job.urls.shift()
    if (job.urls.length === 0) throw error
    return 0
  }
  const { retries, backoff, maxRetryAfter } = job.run.settings
  if (failures > retries) throw error
  const retryAfter = error instanceof HttpStatusError ? error.retryAfter : null
  if (retryAfter !== null && retryAfter > maxRetryAfter) {
    job.urls.shift()
    if (job.urls.length === 0) throw error
    return 0
  }
  job.urls.push(job.urls.shift() as URL)
  // It is asked anew at once, and otherwise: there is nothing to wait for.
  if (error instanceof IntegrityError) return 0
  // The gate is closed, by what the host said or by our own choice.
  if (retryAfter !== null || isOverload(error)) return 0
  return jitter(backoff, failures, Math.random())
}

function noteHost(job: Job, error: DownloadError, place: Place): void {
  if (isOverload(error) || error instanceof StalledError) place.gate.overloaded(place.slot)
  if (!(error instanceof HttpStatusError)) return
  const { backoff, maxRetryAfter } = job.run.settings
  const own = isOverload(error) ? jitter(backoff, job.attempts, Math.random()) : null
  const pause = error.retryAfter ?? own
  if (pause === null || !PASSING.has(error.status) || pause > maxRetryAfter) return
  const reason = `status ${error.status}`
  place.gate.pause(pause, reason)
  // After a redirect it was another host that said so.
  const { host } = new URL(job.finalUrl)
  if (host !== place.gate.host) job.run.places.gateOf(host).pause(pause, reason)
}

function isOverload(error: DownloadError): boolean {
  return error instanceof HttpStatusError && OVERLOAD.has(error.status)
}

function isPassing(job: Job, error: DownloadError): boolean {
  if (error instanceof HttpStatusError) return PASSING.has(error.status)
  if (error instanceof ChangedError) return true
  // What was put together from two tries may be wrong where the file is not.
  if (error instanceof ChecksumError) return job.isSpliced
  if (error instanceof IntegrityError) return job.trustedRanges && job.distrustsRanges
  return error instanceof NetworkError && !(error instanceof InsecureError)
}
