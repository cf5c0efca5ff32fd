import { BrokenThreadPool } from '../errors/errors.ts'
import { ThreadLink } from '../pool/thread-link.ts'
import { defaultThreads, PoolExecutor, type PoolExecutorOptions } from './pool-executor.ts'

/**
 * Runs functions in worker threads. concurrent.futures.ThreadPoolExecutor, CPython 3.13.
 *
 * Arguments and results are copied (structured clone), handed over (`transfer`) or shared
 * (SharedArrayBuffer). Each thread has modules and globals of its own. An executor without calls does
 * not keep the process alive.
 *
 * @example
 * ```ts
 * const fib = (n: number): number => {
 *   let [a, b] = [0, 1]
 *   for (let i = 0; i < n; i++) [a, b] = [b, a + b]
 *   return a
 * }
 * await run(async () => {
 *   await using pool = new ThreadPoolExecutor(2)
 *   return [await pool.submit(fib, 50), ...(await pool.map(fib, [10, 20]))]
 * }) // => [12586269025, 55, 6765]
 * ```
 */
export class ThreadPoolExecutor extends PoolExecutor {
  /** `maxWorkers` by default: the number of CPUs and 4 more, at most 32. */
  constructor(options: number | PoolExecutorOptions = {}) {
    super(
      {
        kind: 'thread',
        name: 'ThreadPoolExecutor',
        open: (link) => new ThreadLink(link),
        broken: BrokenThreadPool,
        defaultWorkers: defaultThreads,
      },
      options,
    )
  }
}
