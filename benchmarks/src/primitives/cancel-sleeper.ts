import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { rowsOf } from './rows.ts'

// 10,000 tasks sleep for an hour, and a thousand of them are cancelled one after another, each awaited
// until it has ended. The clock runs only while that is done: how the tasks were started, and what
// becomes of the other nine thousand, is not in the figure. The timers have a hundred different delays.
const TASKS = 10_000
const CANCELLED = 1000
const EVERY = TASKS / CANCELLED
const HOUR_MS = 3_600_000

const delayOf = (i: number) => HOUR_MS + (i % 100) * 1000

export const cancelSleeper: Case = {
  name: 'cancel-sleeper',
  processes: 2,
  rounds: 6,
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
          const tasks = []
          for (let i = 0; i < TASKS; i++) tasks.push(createTask(sleeper(delayOf(i))))
          yield* sleep(0)
          let cancelled = 0
          const start = performance.now()
          for (let i = 0; i < TASKS; i += EVERY) {
            const task = tasks[i]
            task?.cancel()
            try {
              yield* task as NonNullable<typeof task>
            } catch (error) {
              if (!(error instanceof CancelledError)) throw error
              cancelled += 1
            }
          }
          const ms = performance.now() - start
          check('cancelled', cancelled, CANCELLED)
          check('asleep', tasks.filter((task) => !task.done()).length, TASKS - CANCELLED)
          return (ms * 1e6) / CANCELLED
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
          const tasks = []
          for (let i = 0; i < TASKS; i++) tasks.push(createTask(sleeper(delayOf(i))))
          await sleep(0)
          let cancelled = 0
          const start = performance.now()
          for (let i = 0; i < TASKS; i += EVERY) {
            const task = tasks[i]
            task?.cancel()
            try {
              await task
            } catch (error) {
              if (!(error instanceof CancelledError)) throw error
              cancelled += 1
            }
          }
          const ms = performance.now() - start
          check('cancelled', cancelled, CANCELLED)
          check('asleep', tasks.filter((task) => !task.done()).length, TASKS - CANCELLED)
          return (ms * 1e6) / CANCELLED
        })
        return () => run(main())
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const Fiber = await import('effect/Fiber')
        const main = Effect.gen(function* () {
          const fibers = []
          for (let i = 0; i < TASKS; i++) {
            fibers.push(yield* Effect.forkChild(Effect.sleep(delayOf(i))))
          }
          yield* Effect.yieldNow
          const start = performance.now()
          for (let i = 0; i < TASKS; i += EVERY) {
            const fiber = fibers[i]
            if (fiber !== undefined) yield* Fiber.interrupt(fiber)
          }
          const ms = performance.now() - start
          const asleep = fibers.filter((fiber) => fiber.pollUnsafe() === undefined).length
          check('asleep', asleep, TASKS - CANCELLED)
          return (ms * 1e6) / CANCELLED
        })
        return () => Effect.runPromise(main)
      },
    },
    'effection 4': {
      prepare: async () => {
        const { run, sleep, spawn } = await import('effection')
        const main = function* () {
          const tasks = []
          let ended = 0
          for (let i = 0; i < TASKS; i++) {
            const task = yield* spawn(function* () {
              try {
                yield* sleep(delayOf(i))
              } finally {
                ended += 1
              }
            })
            tasks.push(task)
          }
          yield* sleep(0)
          const start = performance.now()
          for (let i = 0; i < TASKS; i += EVERY) {
            const task = tasks[i]
            if (task !== undefined) yield* task.halt()
          }
          const ms = performance.now() - start
          check('cancelled', ended, CANCELLED)
          return (ms * 1e6) / CANCELLED
        }
        return () => run(main)
      },
    },
    asyncio: { python: 'cancel_one', loop: 'asyncio' },
    uvloop: { python: 'cancel_one', loop: 'uvloop' },
  },
}
