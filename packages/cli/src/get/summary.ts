import { type DownloadReport, exitCode, type FileResult } from '@hocket/download'

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

/** The run and what was rejected before it, all as one. */
export function summaryOf(report: DownloadReport, rejected: readonly FileResult[]): Summary {
  const { outcome, counts, bytes, ms } = report
  const failures = { ...report.failures }
  if (rejected.length > 0) failures.usage = (failures.usage ?? 0) + rejected.length
  return {
    outcome,
    files: report.results.length + rejected.length,
    ...counts,
    failed: counts.failed + rejected.length,
    failures,
    bytes,
    ms,
    exitCode: exitCode({ outcome, failures }),
  }
}
