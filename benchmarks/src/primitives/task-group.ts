import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { rowsOf } from './rows.ts'

// A group of 10,000 tasks, each of which gives way once; the group ends when all of them have, and their
// results are added up. A figure is the whole of it for each task.
//
// In Effect a scope is what owns fibers and a FiberSet what waits for all of them; that is slower than
// children of a fiber joined one by one, so it gets the latter. effection's `scoped` owns what is spawned in it.
const TASKS = 10_000
const SUM = (TASKS * (TASKS - 1)) / 2

export const taskGroupOfMany: Case = {
  name: 'task-group',
  processes: 2,
  rounds: 6,
  warmUpMs: 500,
  rows: rowsOf(
    'TaskGroup of 10,000',
    'ns per task',
    ['generators', 'async functions'],
    ['asyncio', 'uvloop', 'Effect 4', 'effection 4'],
  ),
  contenders: {
    generators: {
      prepare: async () => {
        const { coroutine, run, sleep, taskGroup } = await import('hocket')
        const body = coroutine(function* (i: number) {
          yield* sleep(0)
          return i
        })
        const main = coroutine(function* () {
          // biome-ignore lint/correctness/useYield: the group does the waiting
          const tasks = yield* taskGroup(function* (group) {
            const all = []
            for (let i = 0; i < TASKS; i++) all.push(group.createTask(body(i)))
            return all
          })
          let sum = 0
          for (const task of tasks) sum += task.result()
          check('sum', sum, SUM)
        })
        return () => nsPer(TASKS, () => run(main()))
      },
    },
    'async functions': {
      prepare: async () => {
        const { coroutine, run, sleep, taskGroup } = await import('hocket')
        const body = coroutine(async (i: number) => {
          await sleep(0)
          return i
        })
        const main = coroutine(async () => {
          const tasks = await taskGroup(async (group) => {
            const all = []
            for (let i = 0; i < TASKS; i++) all.push(group.createTask(body(i)))
            return all
          })
          let sum = 0
          for (const task of tasks) sum += task.result()
          check('sum', sum, SUM)
        })
        return () => nsPer(TASKS, () => run(main()))
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const Fiber = await import('effect/Fiber')
        const body = (i: number) =>
          Effect.gen(function* () {
            yield* Effect.yieldNow
            return i
          })
        const main = Effect.gen(function* () {
          const fibers = []
          for (let i = 0; i < TASKS; i++) fibers.push(yield* Effect.forkChild(body(i)))
          let sum = 0
          for (const fiber of fibers) sum += yield* Fiber.join(fiber)
          check('sum', sum, SUM)
        })
        return () => nsPer(TASKS, () => Effect.runPromise(main))
      },
    },
    'effection 4': {
      prepare: async () => {
        const { action, run, scoped, spawn } = await import('effection')
        const giveWay = () =>
          action<void>((resolve) => {
            queueMicrotask(resolve)
            return () => {}
          })
        const main = function* () {
          const sum = yield* scoped(function* () {
            const tasks = []
            for (let i = 0; i < TASKS; i++) {
              const task = yield* spawn(function* () {
                yield* giveWay()
                return i
              })
              tasks.push(task)
            }
            let sum = 0
            for (const task of tasks) sum += yield* task
            return sum
          })
          check('sum', sum, SUM)
        }
        return () => nsPer(TASKS, () => run(main))
      },
    },
    asyncio: { python: 'task_group', loop: 'asyncio' },
    uvloop: { python: 'task_group', loop: 'uvloop' },
  },
}
