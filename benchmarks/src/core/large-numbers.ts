import type { Suspension } from 'hocket'
import type { Case } from '../lib/case.ts'

// What must work at all: a recursion of a million levels, suspended at its bottom, and a million
// tasks that sleep at the same time. Nobody to compare with: native recursion overflows the stack at
// some ten thousand levels. A figure is how many of the million are missing.
const MILLION = 1_000_000

export const largeNumbers: Case = {
  name: 'large-numbers',
  processes: 1,
  rounds: 1,
  warmUpMs: 0,
  rows: [
    {
      case: 'recursion of a million levels',
      unit: 'levels missing',
      hocket: 'levels',
      peer: { limit: 0, text: '0' },
      bar: 1,
    },
    {
      case: 'a million sleeping tasks',
      unit: 'tasks missing',
      hocket: 'sleepers',
      peer: { limit: 0, text: '0' },
      bar: 1,
    },
  ],
  contenders: {
    levels: {
      prepare: async () => {
        const { coroutine, run, sleep } = await import('hocket')
        const down = coroutine(function* (levels: number): Generator<Suspension, number> {
          if (levels > 0) return 1 + (yield* down(levels - 1))
          yield* sleep(0)
          return 0
        })
        return async () => {
          try {
            return MILLION - (await run(down(MILLION)))
          } catch (error) {
            if (error instanceof RangeError) return MILLION
            throw error
          }
        }
      },
    },
    sleepers: {
      prepare: async () => {
        const { coroutine, createTask, run, sleep } = await import('hocket')
        let asleep = 0
        let mostAsleep = 0
        const body = coroutine(function* (ms: number) {
          asleep += 1
          mostAsleep = Math.max(mostAsleep, asleep)
          yield* sleep(ms)
          asleep -= 1
        })
        const main = coroutine(function* () {
          const tasks = []
          for (let i = 0; i < MILLION; i++) tasks.push(createTask(body(1000 + (i % 1000))))
          for (const task of tasks) yield* task
        })
        return async () => {
          await run(main())
          // Those that never woke count as well.
          return MILLION - mostAsleep + asleep
        }
      },
    },
  },
}
