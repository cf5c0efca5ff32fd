import { type OpenPool, WORKERS } from './pool.ts'
import type * as Work from './work/hocket.ts'

const WORK = new URL('./work/hocket.js', import.meta.url)

/** A pool of Hocket's, its calls awaited as promises are: by async functions, outside any loop. */
export const hocket =
  (kind: 'ThreadPoolExecutor' | 'ProcessPoolExecutor'): OpenPool =>
  async () => {
    const executors = await import('@hocket/executors')
    const pool = new executors[kind](WORKERS)
    const { add, fib, giveBack } = executors.moduleFunctions<typeof Work>(WORK)
    const functions = { add, fib }
    return {
      call: (name, argument) =>
        pool.submit(functions[name] as (argument: unknown) => unknown, argument),
      giveBack: (buffer) => pool.submit(giveBack, executors.transfer(buffer, [buffer])),
    }
  }
