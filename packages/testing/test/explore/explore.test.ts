import {
  type ExploredBody,
  type ExploreOptions,
  explore,
  type ScheduleError,
} from '@hocket/testing'
import { coroutine, createTask, currentTask, HocketError, sleep, wait } from 'hocket'
import { describe, expect, test } from 'vitest'
import { failureOf } from '../support/failure.ts'

/** Two tasks, of which the one that comes second must not be the first to end. */
const race: ExploredBody = function* race() {
  const log: string[] = []
  const say = coroutine(function* say(word: string) {
    yield* sleep(0)
    log.push(word)
  })
  const tasks = ['a', 'b', 'c'].map((word) => createTask(say(word), { name: word }))
  for (const task of tasks) yield* task
  if (log[0] === 'c') throw new RangeError(`c came first: ${log.join('')}`)
}

const raceOfAsync: ExploredBody = async () => {
  const log: string[] = []
  const say = coroutine(async (word: string) => {
    await sleep(0)
    log.push(word)
  })
  const tasks = ['a', 'b', 'c'].map((word) => createTask(say(word), { name: word }))
  for (const task of tasks) await task
  if (log[0] === 'c') throw new RangeError(`c came first: ${log.join('')}`)
}

const strategies = ['exhaustive', 'random', 'priority', 'mixed'] as const

describe.each([
  { spelling: 'generators', body: race },
  { spelling: 'async functions', body: raceOfAsync },
])('of $spelling', ({ body }) => {
  test.each(strategies)(
    '%s finds an order that fails, and the string replays it',
    async (strategy) => {
      const failure = await failureOf(body, { strategy, schedules: 500 })
      expect(failure).toBeInstanceOf(HocketError)
      expect([failure.name, failure.code]).toEqual(['ScheduleError', 'ERR_SCHEDULE'])
      expect(failure.cause).toBeInstanceOf(RangeError)
      const again = await failureOf(body, { replay: failure.schedule })
      expect(again.schedule).toBe(failure.schedule)
      expect(again.trace).toEqual(failure.trace)
      expect((again.cause as Error).message).toBe((failure.cause as Error).message)
      expect(again.schedules).toBe(1)
    },
  )

  test('FIFO order alone passes', async () => {
    const done = await explore(body, { strategy: 'exhaustive', preemptions: 0 })
    expect(done).toMatchObject({ schedules: 1, isComplete: true })
  })

  test('the same seed gives the same failure, at the same schedule', async () => {
    const options = { strategy: 'random', seed: 7, schedules: 500 } as const
    const [one, two] = [await failureOf(body, options), await failureOf(body, options)]
    expect([one.schedules, one.message]).toEqual([two.schedules, two.message])
  })
})

describe('the report', () => {
  test('has the error, the schedule, and who ran at each step', async () => {
    const failure = await failureOf(race, { strategy: 'exhaustive' })
    const [error, schedule, ...lines] = failure.message.split('\n')
    expect(error).toMatch(/^RangeError: c came first: c/)
    expect(schedule).toContain(`replay: '${failure.schedule}'`)
    expect(lines).toEqual(
      failure.trace.map((line, index) => `  ${String(index).padStart(4)} ${line}`),
    )
    expect(lines[0]).toBe('     0   main (race)')
    expect(lines.filter((line) => line.includes('*'))).toEqual([
      '     1 * c (say), before 2 others that came first',
    ])
  })

  test('is as simple as it can be made', async () => {
    for (const strategy of strategies) {
      const { schedule } = await failureOf(race, { strategy, seed: 3 })
      // c is run before a and b: in its first step, then once more, or in its second alone.
      expect(schedule.replace(/0(\{\d+\})?/g, '').length).toBeLessThanOrEqual(2)
    }
  })

  test('says when a body does not do the same thing each time', async () => {
    let runs = 0
    const failure = await failureOf(function* () {
      yield* sleep(0)
      runs += 1
      if (runs === 5) throw new Error('the fifth time')
    })
    expect(failure.message).toContain('does not do the same thing each time')
  })

  test('gives tasks without a name their number in the run', async () => {
    const body: ExploredBody = function* () {
      const task = createTask(function* nameless() {
        yield* sleep(0)
        throw new Error('no')
      })
      yield* task
    }
    const [one, two] = [await failureOf(body), await failureOf(body)]
    expect(one.message).toContain('task 1 (nameless)')
    expect(two.message).toBe(one.message)
  })
})

describe('cancellation', () => {
  /** The steps after which the worker was cancelled, in order. */
  const seen = async (options: ExploreOptions, isAsync = false) => {
    const found = new Set<string>()
    const steps = isAsync
      ? async (log: string[]) => {
          for (const word of ['a', 'b', 'c']) {
            log.push(word)
            await sleep(0)
          }
        }
      : function* (log: string[]) {
          for (const word of ['a', 'b', 'c']) {
            log.push(word)
            yield* sleep(0)
          }
        }
    const worker = coroutine(steps as (log: string[]) => Generator<never, void, never>)
    await explore(function* () {
      const log: string[] = []
      const task = createTask(worker(log), { name: 'worker' })
      while (!task.done()) yield* sleep(0)
      found.add(`${log.join('')}${task.cancelled() ? '!' : ''}`)
    }, options)
    return [...found].sort()
  }

  test.each([false, true])('comes at every suspension (async: %s)', async (isAsync) => {
    const all = ['!', 'a!', 'ab!', 'abc', 'abc!']
    const exhaustive = { strategy: 'exhaustive', preemptions: 0 } as const
    expect(await seen({ ...exhaustive, cancel: true }, isAsync)).toEqual(all)
    expect(await seen({ ...exhaustive, cancel: ['worker'] }, isAsync)).toEqual(all)
    expect(await seen({ ...exhaustive, cancel: ['somebody'] }, isAsync)).toEqual(['abc'])
    expect(await seen({ ...exhaustive }, isAsync)).toEqual(['abc'])
    expect(await seen({ strategy: 'random', cancel: true, schedules: 400 }, isAsync)).toEqual(all)
    expect(await seen({ strategy: 'priority', cancel: true, schedules: 400 }, isAsync)).toEqual(all)
  })

  test('spares the body, unless it is named', async () => {
    const ends = async (cancel: ExploreOptions['cancel'] & {}) => {
      let whole = 0
      const { schedules } = await explore(
        function* () {
          yield* sleep(0)
          yield* sleep(0)
          whole += 1
        },
        { strategy: 'exhaustive', cancel },
      )
      return [whole, schedules]
    }
    expect(await ends(true)).toEqual([1, 1])
    const [whole, schedules] = await ends(['main'])
    // Before each of its three steps.
    expect([whole, schedules]).toEqual([1, 4])
  })

  test('comes as often as it may', async () => {
    const most = async (cancels: number) => {
      let most = 0
      await explore(
        function* () {
          let count = 0
          const task = createTask(
            function* () {
              for (let turn = 0; turn < 4; turn += 1) {
                try {
                  yield* sleep(0)
                } catch {
                  count += 1
                }
              }
            },
            { name: 'stubborn' },
          )
          while (!task.done()) yield* sleep(0)
          most = Math.max(most, count)
        },
        { strategy: 'exhaustive', preemptions: 0, cancel: ['stubborn'], cancels, schedules: 5000 },
      )
      return most
    }
    expect([await most(0), await most(1), await most(2)]).toEqual([0, 1, 2])
  })
})

describe('time', () => {
  /** What a worker of many steps and a timer of 10 ms bring about. */
  const orders = async (options: ExploreOptions) => {
    const found = new Set<string>()
    await explore(
      function* ({ loop }) {
        const log: string[] = []
        loop.callLater(10, () => log.push('timer'))
        for (const word of ['a', 'b']) {
          log.push(word)
          yield* sleep(0)
        }
        yield* sleep(10)
        found.add(log.join(' '))
      },
      { strategy: 'exhaustive', preemptions: 0, ...options },
    )
    return [...found].sort()
  }

  test('passes when nothing is ready, or where it is let', async () => {
    expect(await orders({})).toEqual(['a b timer'])
    expect(await orders({ jumps: 1 })).toEqual(['a b timer'])
    expect(await orders({ jumps: 1, preemptions: 1 })).toEqual(['a b timer', 'a timer b'])
  })

  test('begins at 0 in each schedule', async () => {
    const times = new Set<number>()
    await explore(function* ({ loop }) {
      times.add(loop.time())
      yield* sleep(5)
      times.add(loop.time())
    })
    expect([...times]).toEqual([0, 5])
  })
})

describe('exhaustive', () => {
  test('plays every order of three steps, and each of them once', async () => {
    const played: string[] = []
    const done = await explore(
      function* () {
        const log: string[] = []
        const say = (word: string) =>
          createTask(async () => {
            log.push(word)
          })
        const tasks = ['a', 'b', 'c'].map(say)
        for (const task of tasks) while (!task.done()) yield* sleep(0)
        played.push(log.join(''))
      },
      { strategy: 'exhaustive', preemptions: 20, schedules: 100_000, maxSteps: 12 },
    ).catch((error: ScheduleError) => error)
    // The body gives way by sleep(0), so it can be preferred for ever.
    expect((done as ScheduleError).message).toContain('TooLong')
    expect([...new Set(played)].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  })

  test('is complete where all has been played, and goes no further than it may', async () => {
    const counts = async (preemptions: number) => {
      const { schedules, isComplete } = await explore(race, {
        strategy: 'exhaustive',
        preemptions,
        schedules: 10_000,
      }).catch(() => ({ schedules: -1, isComplete: false }))
      return [schedules, isComplete]
    }
    expect(await counts(0)).toEqual([1, true])
    const quiet: ExploredBody = function* () {
      const tasks = [createTask(sleep(0)), createTask(sleep(0))]
      for (const task of tasks) yield* task
    }
    const one = await explore(quiet, { strategy: 'exhaustive', preemptions: 1 })
    const two = await explore(quiet, { strategy: 'exhaustive', preemptions: 2 })
    expect([one.isComplete, two.isComplete]).toEqual([true, true])
    expect(two.schedules).toBeGreaterThan(one.schedules)
    expect(await explore(quiet, { strategy: 'exhaustive', schedules: 2 })).toMatchObject({
      schedules: 2,
      isComplete: false,
    })
  })
})

test('priority does not starve who is waited for by turns', async () => {
  const done = await explore(
    function* () {
      let isSet = false
      const task = createTask(function* () {
        yield* sleep(0)
        isSet = true
      })
      while (!isSet) yield* sleep(0)
      yield* task
    },
    { strategy: 'priority', schedules: 200, maxSteps: 500 },
  )
  expect(done.schedules).toBe(200)
})

describe('what is asked for wrongly', () => {
  test('a schedule of another body', async () => {
    const misfit = explore(race, { replay: '0009' })
    await expect(misfit).rejects.toThrow("the schedule '0009' does not fit this body at choice 4")
    await expect(explore(race, { replay: '!1' })).rejects.toThrow('does not fit')
    await expect(explore(race, { replay: '0{500}1' })).rejects.toThrow('the body ended before')
    await expect(explore(race, { replay: '?' })).rejects.toBeInstanceOf(RangeError)
  })

  test('a schedule that passes says so by its end', async () => {
    expect(await explore(race, { replay: '0' })).toMatchObject({ schedules: 1 })
  })

  test('bounds and bodies', async () => {
    await expect(explore(race, { schedules: -1 })).rejects.toBeInstanceOf(RangeError)
    await expect(explore(race, { preemptions: 0.5 })).rejects.toBeInstanceOf(RangeError)
    await expect(explore(race, { strategy: 'best' as never })).rejects.toBeInstanceOf(TypeError)
    await expect(explore({} as never)).rejects.toBeInstanceOf(TypeError)
  })
})

test('a body that turns out to need the host is played on it', async () => {
  const native = coroutine(async () => {
    await Promise.resolve()
    await sleep(1)
    return 5
  })
  const seen: number[] = []
  const done = await explore(
    function* () {
      yield* sleep(0)
      seen.push(yield* native())
    },
    { schedules: 10, strategy: 'random' },
  )
  expect(done.schedules).toBe(10)
  expect(seen).toEqual(Array(10).fill(5))
})

test('what comes after belongs to no task, whatever its program left behind', async () => {
  expect(currentTask()).toBeNull()
  await explore(function* () {
    const pass = coroutine(function* () {
      yield* sleep(1)
    })
    yield* wait(['a', 'b'].map((name) => createTask(() => pass(), { name })))
  })
  expect(currentTask()).toBeNull()
})
