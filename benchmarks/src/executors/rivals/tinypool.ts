import { type OpenPool, WORKERS } from '../pool.ts'

/** Its defaults, but for the number of its workers; and the same with many calls handed to each. */
export const tinypool =
  (runtime: 'worker_threads' | 'child_process', concurrentTasksPerWorker = 1): OpenPool =>
  async () => {
    const { Tinypool } = await import('tinypool')
    const pool = new Tinypool({
      filename: new URL('../work/tinypool.js', import.meta.url).href,
      runtime,
      minThreads: WORKERS,
      maxThreads: WORKERS,
      concurrentTasksPerWorker,
    })
    return {
      call: (name, argument) => pool.run(argument, { name }),
      giveBack: (buffer) => pool.run(buffer, { name: 'giveBack', transferList: [buffer] }),
    }
  }
