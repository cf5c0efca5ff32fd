import { fileURLToPath } from 'node:url'
import { type OpenPool, WORKERS } from '../pool.ts'

/** Methods that the worker has registered: functions as strings are no faster. */
export const workerpool =
  (workerType: 'thread' | 'process'): OpenPool =>
  async () => {
    const { pool: openPool } = await import('workerpool')
    const script = fileURLToPath(new URL('../work/workerpool.js', import.meta.url))
    const pool = openPool(script, { workerType, minWorkers: WORKERS, maxWorkers: WORKERS })
    return {
      call: (name, argument) => pool.exec(name, [argument]),
      giveBack: (buffer) => pool.exec('giveBack', [buffer], { transfer: [buffer] }),
    }
  }
