import { CancelledError, createTask, forEach, getRunningLoop, map, sleep, type Task } from 'hocket'
import { ended, ensure, ensureEqual, type Scenario, scenariosOf } from './scenario.ts'

function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError
}

/** Calls of a function, how many there are at once, and what they have come to. */
function calls() {
  const seen = { atOnce: 0, most: 0, begun: 0, ended: 0 }
  const call = function* (n: number) {
    seen.begun += 1
    seen.atOnce += 1
    seen.most = Math.max(seen.most, seen.atOnce)
    try {
      for (let step = 0; step < n; step += 1) yield* sleep(0)
      return 2 * n
    } finally {
      seen.atOnce -= 1
      seen.ended += 1
    }
  }
  return { seen, call }
}

const all = [
  ...scenariosOf('map', {
    'gives the results in order, at most two at once, and leaves nothing': function* () {
      const { seen, call } = calls()
      const parent = createTask(
        function* parent() {
          try {
            const found = yield* map([2, 1, 0, 1], call, { concurrency: 2 })
            ensureEqual(found, [4, 2, 0, 2], 'results')
          } finally {
            ensureEqual(seen.ended, seen.begun, 'calls that have ended')
          }
        },
        { name: 'parent' },
      )
      yield* ended([parent])
      ensure(seen.most <= 2, `${seen.most} at once`)
    },
    'throws the first error, and cancels the others': function* () {
      // An error that comes while the calls are being cancelled is reported, and nothing else is.
      const reports: string[] = []
      getRunningLoop().setExceptionHandler((_loop, { message }) => reports.push(message))
      const { seen, call } = calls()
      const parent = createTask(
        function* parent() {
          let error: unknown = null
          try {
            yield* map([3, -1, 3], function* (n: number) {
              if (n < 0) {
                yield* sleep(0)
                throw new RangeError('no')
              }
              return yield* call(n)
            })
          } catch (thrown) {
            error = thrown
            if (isCancelled(thrown)) throw thrown
          } finally {
            ensureEqual(seen.ended, seen.begun, 'calls that have ended')
          }
          ensure(error instanceof RangeError, String(error))
        },
        { name: 'parent' },
      )
      yield* ended([parent])
      ensureEqual(
        reports.length > 0 && !parent.cancelled(),
        false,
        'reports without a cancellation',
      )
    },
    'streams in order, and leaves nothing when it is left': async () => {
      const { seen, call } = calls()
      const parent = createTask(
        async () => {
          const found: number[] = []
          try {
            for await (const result of map([1, 0, 2, 1], call, { concurrency: 2 })) {
              found.push(result)
              if (found.length === 3) break
            }
            ensureEqual(found, [2, 0, 4], 'results')
          } finally {
            ensureEqual(seen.ended, seen.begun, 'calls that have ended')
          }
        },
        { name: 'parent' },
      )
      while (!parent.done()) await sleep(1)
      if (!parent.cancelled()) parent.result()
      ensure(seen.most <= 2, `${seen.most} at once`)
    },
  }),
  ...scenariosOf('forEach', {
    'calls for each, at most two at once, and leaves nothing': function* () {
      const { seen, call } = calls()
      const parent: Task<void> = createTask(
        function* parent() {
          try {
            yield* forEach([2, 1, 0], call, { concurrency: 2 })
            ensureEqual(seen.begun, 3, 'calls')
          } finally {
            ensureEqual(seen.ended, seen.begun, 'calls that have ended')
          }
        },
        { name: 'parent' },
      )
      yield* ended([parent])
      ensure(seen.most <= 2, `${seen.most} at once`)
    },
  }),
]

// Calls are cancelled by the runtime itself; from outside only the one that waits for them.
export const maps: readonly Scenario[] = all.map((scenario) => ({
  ...scenario,
  options: { ...scenario.options, cancel: ['parent'] },
}))
