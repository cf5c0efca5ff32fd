import type { ErrorClass } from '../errors/errors.ts'
import type { DownloadReport } from './report.ts'

/** What a program that downloads says to its shell. */
export const EXIT_CODES: {
  readonly done: 0
  readonly failed: 1
  readonly usage: 2
  readonly integrity: 3
  readonly network: 4
  readonly disk: 5
  readonly deadline: 124
  readonly interrupted: 130
} = {
  done: 0,
  failed: 1,
  usage: 2,
  integrity: 3,
  network: 4,
  disk: 5,
  deadline: 124,
  interrupted: 130,
}

/**
 * The exit code of a run, by the classes of all its failures, and not by the last one: 130 if it was
 * interrupted, 124 if its time was over; 0 if nothing failed; the code of the class (2 usage,
 * 3 integrity, 4 network, 5 disk, 124 deadline) if all failures are of one; 1 if they are of several,
 * or the servers did not have the files.
 *
 * @example
 * ```ts
 * exitCode({ outcome: 'finished', failures: { network: 2 } }) // => 4
 * exitCode({ outcome: 'finished', failures: { network: 2, disk: 1 } }) // => 1
 * ```
 */
export function exitCode({
  outcome,
  failures,
}: Pick<DownloadReport, 'outcome' | 'failures'>): number {
  if (outcome === 'interrupted') return EXIT_CODES.interrupted
  if (outcome === 'deadline') return EXIT_CODES.deadline
  const classes = (Object.keys(failures) as ErrorClass[]).filter((one) => failures[one] !== 0)
  if (classes.length === 0) return EXIT_CODES.done
  const [only] = classes as [ErrorClass]
  if (classes.length > 1 || only === 'status') return EXIT_CODES.failed
  return EXIT_CODES[only]
}
