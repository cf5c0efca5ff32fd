import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { rowsOf } from './rows.ts'

// 10,000 coroutines run at the same time, each gives way once, and their results come in the order of
// the coroutines: `gather`, `Effect.all`, effection's `all`. A figure is the whole of it, from the
// making of the coroutines to the array, for each of them.
const TASKS = 10_000

const checkResults = (results: readonly number[]): void => {
  check('results', results.length, TASKS)
  let wrong = 0
  for (let i = 0; i < TASKS; i++) if (results[i] !== i) wrong += 1
  check('wrong results', wrong, 0)
}

export const gatherMany: Case = {
  name: 'gather',
  processes: 2,
  rounds: 6,
  warmUpMs: 500,
  rows: rowsOf(
    'gather of 10,000',
    'ns per task',
    ['generators', 'async functions'],
    ['asyncio', 'uvloop', 'Effect 4', 'effection 4'],
  ),
  contenders: {
    generators: {
      prepare: async () => {
        const { coroutine, gather, run, sleep } = await import('hocket')
        const body = coroutine(function* (i: number) {
          yield* sleep(0)
          return i
        })
        const main = coroutine(function* () {
          const coroutines = []
          for (let i = 0; i < TASKS; i++) coroutines.push(body(i))
          checkResults(yield* gather(coroutines))
        })
        return () => nsPer(TASKS, () => run(main()))
      },
    },
    'async functions': {
      prepare: async () => {
        const { coroutine, gather, run, sleep } = await import('hocket')
        const body = coroutine(async (i: number) => {
          await sleep(0)
          return i
        })
        const main = coroutine(async () => {
          const coroutines = []
          for (let i = 0; i < TASKS; i++) coroutines.push(body(i))
          checkResults(await gather(coroutines))
        })
        return () => nsPer(TASKS, () => run(main()))
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const body = (i: number) =>
          Effect.gen(function* () {
            yield* Effect.yieldNow
            return i
          })
        const main = Effect.gen(function* () {
          const effects = []
          for (let i = 0; i < TASKS; i++) effects.push(body(i))
          checkResults(yield* Effect.all(effects, { concurrency: 'unbounded' }))
        })
        return () => nsPer(TASKS, () => Effect.runPromise(main))
      },
    },
    'effection 4': {
      prepare: async () => {
        const { action, all, run } = await import('effection')
        const giveWay = () =>
          action<void>((resolve) => {
            queueMicrotask(resolve)
            return () => {}
          })
        const body = (i: number) => ({
          *[Symbol.iterator]() {
            yield* giveWay()
            return i
          },
        })
        const main = function* () {
          const operations = []
          for (let i = 0; i < TASKS; i++) operations.push(body(i))
          checkResults(yield* all(operations))
        }
        return () => nsPer(TASKS, () => run(main))
      },
    },
    asyncio: { python: 'gather', loop: 'asyncio' },
    uvloop: { python: 'gather', loop: 'uvloop' },
  },
}
