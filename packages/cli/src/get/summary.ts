import { type DownloadReport, exitCode } from '@hocket/download'

/** What came of all of it, for machines: plain data, the last JSON line. */
export interface Summary {
  readonly outcome: DownloadReport['outcome']
  readonly files: number
  readonly done: number
  /** Were there already. */
  readonly skipped: number
  readonly failed: number
  /** Were given up, or never begun. */
  readonly cancelled: number
  /** How many failed, by class. */
  readonly failures: DownloadReport['failures']
  /** Of the files that were downloaded. */
  readonly bytes: number
  readonly ms: number
  readonly exitCode: number
}

const NOT_BEGUN: DownloadReport = {
  outcome: 'gave-up',
  results: [],
  counts: { done: 0, skipped: 0, failed: 0, cancelled: 0 },
  failures: {},
  bytes: 0,
  ms: 0,
}

/**
 * The run of so many entries and what was rejected before it, all as one; without a report, nothing
 * was begun because of what was rejected.
 */
export function summaryOf(
  report: DownloadReport | null,
  entries: number,
  rejected: number,
): Summary {
  const { outcome, counts, failures: ofRun, bytes, ms } = report ?? NOT_BEGUN
  const { done, skipped } = counts
  const failed = counts.failed + rejected
  const failures = { ...ofRun }
  if (rejected > 0) failures.usage = (failures.usage ?? 0) + rejected
  const files = entries + rejected
  return {
    outcome,
    files,
    done,
    skipped,
    failed,
    cancelled: files - done - skipped - failed,
    failures,
    bytes,
    ms,
    exitCode: exitCode({ outcome, failures }),
  }
}
