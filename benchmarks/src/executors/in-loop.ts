import type { Contender } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { WORKERS } from './pool.ts'
import type * as Work from './work/hocket.ts'

const WORK = new URL('./work/hocket.js', import.meta.url)

/** The same as the suite's other callers, but as tasks of a loop: generators, `runInExecutor`. */
export function inLoop(
  kind: 'ThreadPoolExecutor' | 'ProcessPoolExecutor',
  calls: number,
  inFlight: number,
): Contender {
  return {
    prepare: async () => {
      const executors = await import('@hocket/executors')
      const { coroutine, createTask, getRunningLoop, run } = await import('hocket')
      const pool = new executors[kind](WORKERS)
      const { add } = executors.moduleFunctions<typeof Work>(WORK)
      const main = coroutine(function* () {
        const loop = getRunningLoop()
        let next = 0
        let sum = 0
        const caller = coroutine(function* () {
          while (next < calls) {
            const result = yield* loop.runInExecutor(pool, add, { a: next++, b: 1 })
            sum += result
          }
        })
        const tasks = []
        for (let i = 0; i < inFlight; i++) tasks.push(createTask(caller()))
        for (const task of tasks) yield* task
        check('sum', sum, (calls * (calls - 1)) / 2 + calls)
      })
      return () => nsPer(calls, () => run(main()))
    },
  }
}
