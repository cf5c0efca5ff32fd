/** Counts of an executor; those without `now` in their description only go up. */
export interface ExecutorStatistics {
  /** Workers now, and how many of them have nothing to do. */
  readonly workers: number
  readonly idleWorkers: number
  /** Calls that wait for a worker now, and calls that workers have. */
  readonly queued: number
  readonly running: number
  readonly submitted: number
  readonly settled: number
  readonly workersStarted: number
  /** Workers that ended without being told to. */
  readonly workersLost: number
}
