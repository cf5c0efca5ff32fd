import type { DownloadError, ErrorClass } from '../errors/errors.ts'
import type { PlannedEntry } from '../plan/entry.ts'
import type { Job } from './job.ts'
import type { Downloaded, FileResult } from './result.ts'

/** What became of a run. */
export interface DownloadReport {
  /**
   * `finished`: every file was tried. `gave-up`: too many had failed. `deadline`: its time was over.
   * `interrupted`: it was cancelled, or is still running.
   */
  readonly outcome: 'finished' | 'gave-up' | 'deadline' | 'interrupted'
  /** One for each entry, in their order. */
  readonly results: readonly FileResult[]
  readonly counts: { done: number; skipped: number; failed: number; cancelled: number }
  /** How many failed, by class. */
  readonly failures: { [errorClass in ErrorClass]?: number }
  /** Bytes of the files that are done. */
  readonly bytes: number
  readonly ms: number
}

/** What is known when a file was not begun, or has ended somehow. */
export interface Ending {
  readonly status: 'failed' | 'cancelled'
  readonly error: DownloadError | null
  readonly ms: number
}

export function resultOfDone(entry: PlannedEntry, done: Downloaded, ms: number): FileResult {
  return {
    url: entry.shown,
    line: entry.line,
    status: done.status,
    finalUrl: done.url,
    path: done.path,
    bytes: done.bytes,
    resumed: done.resumed,
    attempts: done.attempts,
    httpStatus: done.httpStatus,
    sha256: done.sha256,
    ms: Math.round(ms),
    warnings: done.warnings,
    error: null,
  }
}

export function resultOfEnding(entry: PlannedEntry, job: Job | null, ending: Ending): FileResult {
  const { error } = ending
  return {
    url: entry.shown,
    line: entry.line,
    status: ending.status,
    finalUrl: job === null || job.attempts === 0 ? null : job.finalUrl,
    path: null,
    bytes: 0,
    resumed: job?.resumed ?? 0,
    attempts: job?.attempts ?? 0,
    httpStatus: job?.httpStatus ?? null,
    sha256: null,
    ms: Math.round(ending.ms),
    warnings: job?.warnings ?? [],
    error:
      error === null ? null : { class: error.errorClass, code: error.code, message: error.message },
  }
}

export function reportOf(
  outcome: DownloadReport['outcome'],
  results: readonly FileResult[],
  ms: number,
): DownloadReport {
  const counts = { done: 0, skipped: 0, failed: 0, cancelled: 0 }
  const failures: { [errorClass in ErrorClass]?: number } = {}
  let bytes = 0
  for (const { status, error, bytes: size } of results) {
    counts[status] += 1
    if (status === 'done') bytes += size
    if (error !== null) failures[error.class] = (failures[error.class] ?? 0) + 1
  }
  return { outcome, results, counts, failures, bytes, ms: Math.round(ms) }
}
