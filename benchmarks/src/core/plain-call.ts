import type { Case } from '../lib/case.ts'
import { nsPer } from '../lib/timing.ts'

// What it costs to call a coroutine that ends without a suspension, as most calls of helpers do. The
// same loop with the same callee, each in the way of its kind: Hocket's `yield*` of a coroutine,
// `yield*` of a generator that nothing drives (the least that a generator can cost, without any
// runtime), and `await` of an async function (which does suspend: its language has no other way).
const CALLS = 100_000

export const plainCall: Case = {
  name: 'plain-call',
  processes: 3,
  rounds: 25,
  warmUpMs: 300,
  rows: [
    {
      case: 'call that does not suspend',
      unit: 'ns per call',
      hocket: 'Hocket',
      peer: 'native yield*',
      bar: 0.5,
    },
    {
      case: 'call that does not suspend',
      unit: 'ns per call',
      hocket: 'Hocket',
      peer: 'native await f()',
      bar: 1,
    },
  ],
  contenders: {
    Hocket: {
      prepare: async () => {
        const { coroutine, run } = await import('hocket')
        // biome-ignore lint/correctness/useYield: that it does not suspend is the point
        const next = coroutine(function* (x: number) {
          return x + 1
        })
        const main = coroutine(function* () {
          let x = 0
          while (x < CALLS) x = yield* next(x)
        })
        return () => nsPer(CALLS, () => run(main()))
      },
    },
    'native yield*': {
      prepare: async () => {
        // biome-ignore lint/correctness/useYield: that it does not suspend is the point
        const next = function* (x: number) {
          return x + 1
        }
        const main = function* () {
          let x = 0
          while (x < CALLS) x = yield* next(x)
        }
        return () => nsPer(CALLS, () => main().next())
      },
    },
    'native await f()': {
      prepare: async () => {
        const next = async (x: number) => x + 1
        const main = async () => {
          let x = 0
          while (x < CALLS) x = await next(x)
        }
        return () => nsPer(CALLS, main)
      },
    },
  },
}
