import { type OpenPool, WORKERS } from '../pool.ts'

/** Its defaults, but for the number of its threads; and the same with many calls handed to each. */
export const piscina =
  (concurrentTasksPerWorker = 1): OpenPool =>
  async () => {
    const { Piscina } = await import('piscina')
    const pool = new Piscina({
      filename: new URL('../work/piscina.js', import.meta.url).href,
      minThreads: WORKERS,
      maxThreads: WORKERS,
      concurrentTasksPerWorker,
    })
    return {
      call: (name, argument) => pool.run(argument, { name }),
      giveBack: (buffer) => pool.run(buffer, { name: 'giveBack', transferList: [buffer] }),
    }
  }
