import type { Case, NodeContender } from '../lib/case.ts'

// The heap that one suspended task holds: all of it, from the task and its body to its place in the
// loop's queues. 100,000 tasks are suspended, the heap is collected before and after, and the growth
// is divided by their number. A fresh process for every figure.
const TASKS = 100_000

const heapUsed = (): number => {
  // Twice: what the first collection finalizes is freed by the second.
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

type Hocket = typeof import('hocket')

/** `spawn` makes one task that stays suspended. */
const heapOf = (spawn: (hocket: Hocket) => () => unknown): NodeContender => ({
  prepare: async () => {
    const hocket = await import('hocket')
    const { coroutine, run, sleep } = hocket
    const main = coroutine(function* () {
      const spawnOne = spawn(hocket)
      const before = heapUsed()
      for (let i = 0; i < TASKS; i++) spawnOne()
      yield* sleep(0)
      yield* sleep(0)
      return (heapUsed() - before) / TASKS
    })
    return () => run(main())
  },
})

export const heapPerTask: Case = {
  name: 'heap-per-task',
  processes: 3,
  rounds: 1,
  warmUpMs: 0,
  rows: [
    {
      case: 'heap of a generator task that waits for a future',
      unit: 'bytes',
      hocket: 'generator, future',
      peer: { limit: 600, text: '600 bytes' },
      bar: 1,
    },
    {
      case: 'heap of a generator task that sleeps',
      unit: 'bytes',
      hocket: 'generator, sleep',
      peer: { limit: 600, text: '600 bytes' },
      bar: 1,
    },
    {
      case: 'heap of an async-function task that waits for a future',
      unit: 'bytes',
      hocket: 'async function, future',
      peer: { limit: 1200, text: '1,200 bytes' },
      bar: 1,
    },
    {
      case: 'heap of an async-function task that sleeps',
      unit: 'bytes',
      hocket: 'async function, sleep',
      peer: { limit: 1200, text: '1,200 bytes' },
      bar: 1,
    },
  ],
  contenders: {
    'generator, future': heapOf(({ coroutine, createTask, getRunningLoop }) => {
      const future = getRunningLoop().createFuture<void>()
      const body = coroutine(function* () {
        yield* future
      })
      return () => createTask(body())
    }),
    'generator, sleep': heapOf(({ coroutine, createTask, sleep }) => {
      const body = coroutine(function* () {
        yield* sleep(3_600_000)
      })
      return () => createTask(body())
    }),
    'async function, future': heapOf(({ coroutine, createTask, getRunningLoop }) => {
      const future = getRunningLoop().createFuture<void>()
      const body = coroutine(async () => {
        await future
      })
      return () => createTask(body())
    }),
    'async function, sleep': heapOf(({ coroutine, createTask, sleep }) => {
      const body = coroutine(async () => {
        await sleep(3_600_000)
      })
      return () => createTask(body())
    }),
  },
}
