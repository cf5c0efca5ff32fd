import type { Fiber } from 'effect/Fiber'
import type { Task as Halting } from 'effection'
import type { Task } from 'hocket'
import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { rowsOf } from './rows.ts'

// 10,000 tasks sleep for an hour, and a thousand of them are cancelled one after another, each awaited
// until it has ended; five times, with others put in their places in between. The clock runs only
// while tasks are cancelled: how they were started, and what becomes of those that are left, is not
// in the figure. The timers have a hundred different delays.
const TASKS = 10_000
const CANCELLED = 1000
const EVERY = TASKS / CANCELLED
const ROUNDS = 5
const HOUR_MS = 3_600_000

const delayOf = (i: number) => HOUR_MS + (i % 100) * 1000

type Sleeper = Task<void>
type SleepingFiber = Fiber<void>
type EffectionTask = Halting<void>

const countAsleep = (tasks: readonly Sleeper[]) => tasks.filter((task) => !task.done()).length

const nsPerCancel = (ms: number) => (ms * 1e6) / (CANCELLED * ROUNDS)

export const cancelSleeper: Case = {
  name: 'cancel-sleeper',
  processes: 2,
  rounds: 4,
  warmUpMs: 500,
  rows: rowsOf(
    'cancel one of 10,000 sleepers and wait for its end',
    'ns per cancel',
    ['generators', 'async functions'],
    ['asyncio', 'uvloop', 'Effect 4', 'effection 4'],
  ),
  contenders: {
    generators: {
      prepare: async () => {
        const { CancelledError, coroutine, createTask, run, sleep } = await import('hocket')
        const sleeper = coroutine(function* (ms: number) {
          yield* sleep(ms)
        })
        const main = coroutine(function* () {
          const tasks: Sleeper[] = []
          for (let i = 0; i < TASKS; i++) tasks.push(createTask(sleeper(delayOf(i))))
          yield* sleep(0)
          let cancelled = 0
          let ms = 0
          for (let round = 0; round < ROUNDS; round++) {
            const start = performance.now()
            for (let i = round; i < TASKS; i += EVERY) {
              const task = tasks[i] as Sleeper
              task.cancel()
              try {
                yield* task
              } catch (error) {
                if (!(error instanceof CancelledError)) throw error
                cancelled += 1
              }
            }
            ms += performance.now() - start
            check('asleep', countAsleep(tasks), TASKS - CANCELLED)
            for (let i = round; i < TASKS; i += EVERY) tasks[i] = createTask(sleeper(delayOf(i)))
            yield* sleep(0)
          }
          check('cancelled', cancelled, CANCELLED * ROUNDS)
          return nsPerCancel(ms)
        })
        return () => run(main())
      },
    },
    'async functions': {
      prepare: async () => {
        const { CancelledError, coroutine, createTask, run, sleep } = await import('hocket')
        const sleeper = coroutine(async (ms: number) => {
          await sleep(ms)
        })
        const main = coroutine(async () => {
          const tasks: Sleeper[] = []
          for (let i = 0; i < TASKS; i++) tasks.push(createTask(sleeper(delayOf(i))))
          await sleep(0)
          let cancelled = 0
          let ms = 0
          for (let round = 0; round < ROUNDS; round++) {
            const start = performance.now()
            for (let i = round; i < TASKS; i += EVERY) {
              const task = tasks[i] as Sleeper
              task.cancel()
              try {
                await task
              } catch (error) {
                if (!(error instanceof CancelledError)) throw error
                cancelled += 1
              }
            }
            ms += performance.now() - start
            check('asleep', countAsleep(tasks), TASKS - CANCELLED)
            for (let i = round; i < TASKS; i += EVERY) tasks[i] = createTask(sleeper(delayOf(i)))
            await sleep(0)
          }
          check('cancelled', cancelled, CANCELLED * ROUNDS)
          return nsPerCancel(ms)
        })
        return () => run(main())
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const Fiber = await import('effect/Fiber')
        const main = Effect.gen(function* () {
          const fibers: SleepingFiber[] = []
          for (let i = 0; i < TASKS; i++) {
            fibers.push(yield* Effect.forkChild(Effect.sleep(delayOf(i))))
          }
          yield* Effect.yieldNow
          let ms = 0
          for (let round = 0; round < ROUNDS; round++) {
            const start = performance.now()
            for (let i = round; i < TASKS; i += EVERY) {
              yield* Fiber.interrupt(fibers[i] as SleepingFiber)
            }
            ms += performance.now() - start
            const asleep = fibers.filter((fiber) => fiber.pollUnsafe() === undefined).length
            check('asleep', asleep, TASKS - CANCELLED)
            for (let i = round; i < TASKS; i += EVERY) {
              fibers[i] = yield* Effect.forkChild(Effect.sleep(delayOf(i)))
            }
            yield* Effect.yieldNow
          }
          return nsPerCancel(ms)
        })
        return () => Effect.runPromise(main)
      },
    },
    'effection 4': {
      prepare: async () => {
        const { run, sleep, spawn } = await import('effection')
        const main = function* () {
          let ended = 0
          const sleeper = function* (i: number) {
            try {
              yield* sleep(delayOf(i))
            } finally {
              ended += 1
            }
          }
          const tasks: EffectionTask[] = []
          for (let i = 0; i < TASKS; i++) tasks.push(yield* spawn(() => sleeper(i)))
          yield* sleep(0)
          let ms = 0
          for (let round = 0; round < ROUNDS; round++) {
            const start = performance.now()
            for (let i = round; i < TASKS; i += EVERY) yield* (tasks[i] as EffectionTask).halt()
            ms += performance.now() - start
            check('cancelled', ended, CANCELLED * (round + 1))
            for (let i = round; i < TASKS; i += EVERY) tasks[i] = yield* spawn(() => sleeper(i))
            yield* sleep(0)
          }
          return nsPerCancel(ms)
        }
        return () => run(main)
      },
    },
    asyncio: { python: 'cancel_one', loop: 'asyncio' },
    uvloop: { python: 'cancel_one', loop: 'uvloop' },
  },
}
