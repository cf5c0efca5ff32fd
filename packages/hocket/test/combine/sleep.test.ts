import { createTask, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const spellings = [
  [
    'await',
    async <T>(call: () => PromiseLike<T>): Promise<T> => await runVirtual(async () => await call()),
  ],
  [
    'yield*',
    async <T>(call: () => PromiseLike<T>): Promise<T> =>
      await runVirtual(function* () {
        return yield* call() as unknown as Iterable<never, T>
      }),
  ],
] as const

describe.each(spellings)('sleep behind %s', (_name, played) => {
  test.each([5, 0, -5, 0.25])('%d ms give the result', async (delay) => {
    expect(await played(() => sleep(delay, 'result'))).toBe('result')
    expect(await played(() => sleep(delay))).toBe(undefined)
  })

  test.each([null, false, 0, ''])('the result may be %o', async (result) => {
    expect([await played(() => sleep(0, result)), await played(() => sleep(1, result))]).toEqual([
      result,
      result,
    ])
  })

  test('NaN is an error when it is awaited', async () => {
    const error = await errorOf(played(() => sleep(Number.NaN)))
    expect(error).toBeInstanceOf(RangeError)
    expect(error.message).toBe(
      'sleep expected a delay in ms, got NaN: check the arithmetic it came from',
    )
  })

  test.each([
    ['5', 'a string'],
    [undefined, 'undefined'],
    [{}, 'an Object'],
  ])('%o is an error when it is awaited', async (delay, got) => {
    const error = await errorOf(played(() => sleep(delay as never)))
    expect(error).toEqual(new TypeError(`sleep expected a delay in ms as a number, got ${got}`))
  })
})

test('null is an error behind yield* as behind await', async () => {
  const error = await errorOf(
    runVirtual(function* () {
      yield* sleep(null as never)
    }),
  )
  expect(error).toEqual(new TypeError('sleep expected a delay in ms as a number, got null'))
})

describe('time', () => {
  test('passes by exactly the delay on a virtual clock', async () => {
    const times = await runVirtual(async () => {
      const loop = getRunningLoop()
      const times: number[] = []
      for (const delay of [10, 0.5, 0, -3]) {
        await sleep(delay)
        times.push(loop.time())
      }
      return times
    })
    expect(times).toEqual([10, 10.5, 10.5, 10.5])
  })

  test('is measured from the await, not from the call', async () => {
    const time = await runVirtual(async () => {
      const early = sleep(10)
      await sleep(5)
      await early
      return getRunningLoop().time()
    })
    expect(time).toBe(15)
  })

  test('does not matter to the order of equal deadlines', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const tasks = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) =>
        createTask(
          index % 2 === 0
            ? async () => {
                await sleep(5)
                log.push(name)
              }
            : function* () {
                yield* sleep(5)
                log.push(name)
              },
        ),
      )
      for (const task of tasks) await task
    })
    expect(log.join('')).toBe('abcdef')
  })
})

describe('for ever', () => {
  test('sleep(Infinity) ends by a cancellation only', async () => {
    const seen = await runVirtual(async () => {
      const task = createTask(sleep(Infinity))
      await sleep(1e9)
      const before = task.done()
      task.cancel()
      await errorOf(task)
      return [before, task.cancelled(), getRunningLoop().time()]
    })
    expect(seen).toEqual([false, true, 1e9])
  })

  test('alone it is a deadlock', async () => {
    const error = await errorOf(runVirtual(async () => await sleep(Infinity)))
    expect(error.name).toBe('DeadlockError')
  })
})

test('a cancelled sleep leaves no timer behind, in a thousand tasks', async () => {
  const loop = virtualLoop()
  await runVirtual(async () => {
    const tasks = Array.from({ length: 1000 }, (_each, index) => createTask(sleep(100 + index)))
    await sleep(1)
    expect(loop.statistics().timers).toBe(1000)
    for (const task of tasks) task.cancel()
    for (const task of tasks) await errorOf(task)
    expect([loop.statistics().timers, loop.time()]).toEqual([0, 1])
  }, loop)
})

test('two awaits at once of one sleep: the second is an error', async () => {
  const outcomes = await runVirtual(async () => {
    const call = sleep(0, 'once')
    const settled = await Promise.allSettled([call, call])
    return settled.map((each) => each.status)
  })
  expect(outcomes).toEqual(['fulfilled', 'rejected'])
})
