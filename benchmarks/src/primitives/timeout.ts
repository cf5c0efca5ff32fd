import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { rowsOf } from './rows.ts'

// A task gives way ten thousand times, each time under a timeout of an hour that it does not need: what
// a timeout costs a program in which all goes well. Around one await, what is given to `timeout` is an
// arrow function. A body of several lines is written in place as `function* () { … }`, and has a row
// of its own: V8 makes a prototype and a map for every generator function that is called, and takes
// a microsecond and more for that, whoever calls it.
//
// Python's `async with` has no body to call. `Effect.timeout` has two fibers race. effection has none.
const TIMES = 10_000
const HOUR_MS = 3_600_000

export const timeoutInTime: Case = {
  name: 'timeout',
  processes: 3,
  rounds: 7,
  warmUpMs: 400,
  rows: rowsOf(
    'timeout around a sleep(0)',
    'ns per timeout',
    ['generators', 'generators, body in place', 'async functions'],
    ['asyncio', 'uvloop', 'Effect 4'],
  ),
  contenders: {
    generators: {
      prepare: async () => {
        const { coroutine, run, sleep, timeout } = await import('hocket')
        const main = coroutine(function* () {
          let inTime = 0
          for (let i = 0; i < TIMES; i++) inTime += yield* timeout(HOUR_MS, () => sleep(0, 1))
          check('in time', inTime, TIMES)
        })
        return () => nsPer(TIMES, () => run(main()))
      },
    },
    'generators, body in place': {
      prepare: async () => {
        const { coroutine, run, sleep, timeout } = await import('hocket')
        const main = coroutine(function* () {
          let inTime = 0
          for (let i = 0; i < TIMES; i++) {
            yield* timeout(HOUR_MS, function* () {
              yield* sleep(0)
              inTime += 1
            })
          }
          check('in time', inTime, TIMES)
        })
        return () => nsPer(TIMES, () => run(main()))
      },
    },
    'async functions': {
      prepare: async () => {
        const { coroutine, run, sleep, timeout } = await import('hocket')
        const main = coroutine(async () => {
          let inTime = 0
          for (let i = 0; i < TIMES; i++) inTime += await timeout(HOUR_MS, () => sleep(0, 1))
          check('in time', inTime, TIMES)
        })
        return () => nsPer(TIMES, () => run(main()))
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const main = Effect.gen(function* () {
          let inTime = 0
          for (let i = 0; i < TIMES; i++) {
            yield* Effect.timeout(Effect.yieldNow, HOUR_MS)
            inTime += 1
          }
          check('in time', inTime, TIMES)
        })
        return () => nsPer(TIMES, () => Effect.runPromise(main))
      },
    },
    asyncio: { python: 'timeout', loop: 'asyncio' },
    uvloop: { python: 'timeout', loop: 'uvloop' },
  },
}
