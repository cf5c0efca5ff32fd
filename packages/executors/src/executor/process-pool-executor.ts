import { BrokenProcessPool } from '../errors/errors.ts'
import { ProcessLink } from '../pool/process-link.ts'
import { defaultProcesses, PoolExecutor, type PoolExecutorOptions } from './pool-executor.ts'

/**
 * Runs functions in worker processes. concurrent.futures.ProcessPoolExecutor, CPython 3.13.
 *
 * Nothing is shared: arguments and results are copied, and a crash of a worker, or `process.exit()` in
 * one, ends that worker alone. The processes end with this one, and an executor without calls does not
 * keep it alive.
 *
 * @example
 * ```ts
 * await run(async () => {
 *   await using pool = new ProcessPoolExecutor(1)
 *   return await pool.submit((text: string) => text.length, 'hocket')
 * }) // => 6
 * ```
 */
export class ProcessPoolExecutor extends PoolExecutor {
  /** `maxWorkers` by default: the number of CPUs. */
  constructor(options: number | PoolExecutorOptions = {}) {
    super(
      {
        kind: 'process',
        name: 'ProcessPoolExecutor',
        open: (link) => new ProcessLink(link),
        broken: BrokenProcessPool,
        defaultWorkers: defaultProcesses,
      },
      options,
    )
  }
}
