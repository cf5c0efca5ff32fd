import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { rowsOf } from './rows.ts'

// A function is called for each of 100,000 items, sixteen at a time, and the results come in the order
// of the items. The function gives way once (as in the suite core: `sleep(0)`, `await null`,
// `Effect.yieldNow`), else no limit would ever be reached. How many were at work at the same time is
// checked, and so are the results.
//
// There are two ways. With a semaphore every item has a task from the start, and all but sixteen wait:
// Hocket's Semaphore with gather, asyncio's, p-limit and p-queue do that. Or the items are pulled
// when there is room: Hocket's `map`, p-map, `Effect.forEach`. asyncio has nothing of that kind, but
// sixteen worker tasks that share an iterator are soon written. They are the least that it can
// cost in Python and do less: no item can be cancelled alone, and an error does not stop the others.
const ITEMS = 100_000
const LIMIT = 16

const items = Array.from({ length: ITEMS }, (_, i) => i)

/** How many are at work at the same time. */
class Gauge {
  #now = 0
  #most = 0

  enter(): void {
    this.#now += 1
    if (this.#now > this.#most) this.#most = this.#now
  }

  leave(): void {
    this.#now -= 1
  }

  check(results: readonly number[], most = LIMIT): void {
    check('at the same time', this.#most, most)
    check('results', results.length, ITEMS)
    let wrong = 0
    for (let i = 0; i < ITEMS; i++) if (results[i] !== i + 1) wrong += 1
    check('wrong results', wrong, 0)
  }
}

const nativeIncrement = (gauge: Gauge) => async (i: number) => {
  gauge.enter()
  await null
  gauge.leave()
  return i + 1
}

const nsPerItem = (program: () => unknown) => nsPer(ITEMS, program)

const title = `${ITEMS.toLocaleString('en-US')} items, ${LIMIT} at a time`
const MAP = ['generators, map()', 'async functions, map()']
const SEMAPHORE = ['generators, Semaphore', 'async functions, Semaphore']

export const limitedMap: Case = {
  name: 'limited-map',
  processes: 2,
  rounds: 3,
  warmUpMs: 500,
  rows: [
    ...rowsOf(title, 'ns per item', MAP, [
      'asyncio',
      'uvloop',
      'asyncio, worker tasks',
      'Effect 4',
      'p-limit',
      'p-map',
      'p-queue',
    ]),
    ...rowsOf(title, 'ns per item', SEMAPHORE, ['asyncio', 'uvloop', 'p-limit', 'p-queue']),
  ],
  contenders: {
    'generators, map()': {
      prepare: async () => {
        const { coroutine, map, run, sleep } = await import('hocket')
        const main = coroutine(function* () {
          const gauge = new Gauge()
          const increment = function* (i: number) {
            gauge.enter()
            yield* sleep(0)
            gauge.leave()
            return i + 1
          }
          gauge.check(yield* map(items, increment, { concurrency: LIMIT }))
        })
        return () => nsPerItem(() => run(main()))
      },
    },
    'async functions, map()': {
      prepare: async () => {
        const { coroutine, map, run, sleep } = await import('hocket')
        const main = coroutine(async () => {
          const gauge = new Gauge()
          const increment = async (i: number) => {
            gauge.enter()
            await sleep(0)
            gauge.leave()
            return i + 1
          }
          gauge.check(await map(items, increment, { concurrency: LIMIT }))
        })
        return () => nsPerItem(() => run(main()))
      },
    },
    'generators, Semaphore': {
      prepare: async () => {
        const { coroutine, gather, run, Semaphore, sleep } = await import('hocket')
        const main = coroutine(function* () {
          const gauge = new Gauge()
          const semaphore = new Semaphore(LIMIT)
          const limited = coroutine(function* (i: number) {
            yield* semaphore.acquire()
            try {
              gauge.enter()
              yield* sleep(0)
              gauge.leave()
              return i + 1
            } finally {
              semaphore.release()
            }
          })
          gauge.check(yield* gather(items.map((i) => limited(i))))
        })
        return () => nsPerItem(() => run(main()))
      },
    },
    'async functions, Semaphore': {
      prepare: async () => {
        const { coroutine, gather, run, Semaphore, sleep } = await import('hocket')
        const main = coroutine(async () => {
          const gauge = new Gauge()
          const semaphore = new Semaphore(LIMIT)
          const limited = coroutine(async (i: number) => {
            await semaphore.acquire()
            try {
              gauge.enter()
              await sleep(0)
              gauge.leave()
              return i + 1
            } finally {
              semaphore.release()
            }
          })
          gauge.check(await gather(items.map((i) => limited(i))))
        })
        return () => nsPerItem(() => run(main()))
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const main = Effect.gen(function* () {
          const gauge = new Gauge()
          const increment = (i: number) =>
            Effect.gen(function* () {
              gauge.enter()
              yield* Effect.yieldNow
              gauge.leave()
              return i + 1
            })
          gauge.check(yield* Effect.forEach(items, increment, { concurrency: LIMIT }))
        })
        return () => nsPerItem(() => Effect.runPromise(main))
      },
    },
    'p-limit': {
      prepare: async () => {
        const { default: pLimit } = await import('p-limit')
        const main = async () => {
          const gauge = new Gauge()
          gauge.check(await pLimit(LIMIT).map(items, nativeIncrement(gauge)))
        }
        return () => nsPerItem(main)
      },
    },
    'p-map': {
      prepare: async () => {
        const { default: pMap } = await import('p-map')
        const main = async () => {
          const gauge = new Gauge()
          const results = await pMap(items, nativeIncrement(gauge), { concurrency: LIMIT })
          // The other half of its runners is about to pull.
          gauge.check(results, LIMIT / 2)
        }
        return () => nsPerItem(main)
      },
    },
    'p-queue': {
      prepare: async () => {
        const { default: PQueue } = await import('p-queue')
        const main = async () => {
          const gauge = new Gauge()
          const increment = nativeIncrement(gauge)
          const queue = new PQueue({ concurrency: LIMIT })
          gauge.check(await queue.addAll(items.map((i) => () => increment(i))))
        }
        return () => nsPerItem(main)
      },
    },
    asyncio: { python: 'semaphore_map', loop: 'asyncio' },
    uvloop: { python: 'semaphore_map', loop: 'uvloop' },
    'asyncio, worker tasks': { python: 'worker_map', loop: 'asyncio' },
  },
}
