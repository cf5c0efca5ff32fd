import {
  ALL_COMPLETED,
  createTask,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type Future,
  getRunningLoop,
  sleep,
  type Task,
  wait,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { spellings } from './spellings.ts'

const sleeps = (...delays: number[]) => delays.map((delay) => createTask(sleep(delay, delay)))
const failing = (delay: number) =>
  createTask(async () => {
    await sleep(delay)
    throw new Error(`after ${delay}`)
  })
const isDone = (task: Future<unknown>) => task.done()

/** What became of `tasks`: the places of those that are done and of those that are pending. */
function places<F>(tasks: F[], result: { done: Set<F>; pending: Set<F> }): number[][] {
  return [result.done, result.pending].map((set) => [...set].map((each) => tasks.indexOf(each)))
}

describe.each(spellings)('wait behind %s', (_name, played) => {
  const waited = async (
    make: () => Future<unknown>[],
    options: Parameters<typeof wait>[1] = {},
  ): Promise<unknown> => {
    const loop = virtualLoop()
    collectReports(loop)
    let tasks: Future<unknown>[] = []
    const result = await played(() => {
      tasks = make()
      return wait(tasks, options)
    }, loop)
    return [...places(tasks, result), loop.time()]
  }

  test('waits for all, and keeps the order given', async () => {
    expect(await waited(() => sleeps(30, 10, 20))).toEqual([[0, 1, 2], [], 30])
    expect(await waited(() => sleeps(3, 1), { returnWhen: ALL_COMPLETED })).toEqual([[0, 1], [], 3])
  })

  test('waits for the first with FIRST_COMPLETED', async () => {
    const options = { returnWhen: FIRST_COMPLETED } as const
    expect(await waited(() => sleeps(30, 10, 20), options)).toEqual([[1], [0, 2], 10])
    expect(await waited(() => [...sleeps(30), failing(5)], options)).toEqual([[1], [0], 5])
  })

  test('waits for the first failure with FIRST_EXCEPTION, or for all', async () => {
    const options = { returnWhen: FIRST_EXCEPTION } as const
    expect(await waited(() => [...sleeps(10, 30), failing(20)], options)).toEqual([[0, 2], [1], 20])
    expect(await waited(() => sleeps(10, 30), options)).toEqual([[0, 1], [], 30])
  })

  test('takes a cancellation for no failure', async () => {
    const make = () => {
      const tasks = sleeps(50, 20)
      tasks[0]?.cancel()
      return tasks
    }
    expect(await waited(make, { returnWhen: FIRST_EXCEPTION })).toEqual([[0, 1], [], 20])
  })

  test('gives what there is when the time is over, and cancels nothing', async () => {
    expect(await waited(() => sleeps(30, 10, 20), { timeout: 15 })).toEqual([[1], [0, 2], 15])
    expect(await waited(() => sleeps(30, 10), { timeout: 0 })).toEqual([[], [0, 1], 0])
    expect(await waited(() => sleeps(3, 1), { timeout: 15 })).toEqual([[0, 1], [], 3])
    expect(await waited(() => sleeps(3, 1), { timeout: null })).toEqual([[0, 1], [], 3])
  })

  test('counts what is given twice once', async () => {
    expect(
      await waited(() => {
        const [one] = sleeps(5) as [Task<number>]
        return [one, one]
      }),
    ).toEqual([[0], [], 5])
  })

  const refusals: [string, () => unknown, Error][] = [
    [
      'nothing',
      () => [],
      new RangeError('wait expected at least one future, got none: it would never return'),
    ],
    [
      'a coroutine',
      () => [sleep(0)],
      new TypeError('wait expected futures or tasks, got a Sleep: start it by createTask() first'),
    ],
    [
      'a function',
      () => [async () => {}],
      new TypeError(
        'wait expected futures or tasks, got a function: start it by createTask() first',
      ),
    ],
    [
      'a promise',
      () => [Promise.resolve()],
      new TypeError(
        'wait expected futures or tasks, got a Promise: wrap the promise by ensureFuture() first',
      ),
    ],
    ['a number', () => [5], new TypeError('wait expected futures or tasks, got a number')],
    [
      'a task and no list',
      () => createTask(sleep(0)),
      new TypeError(
        'wait expected an array (or another iterable) of what to wait for, got a Task: write wait([…])',
      ),
    ],
  ]
  test.each(refusals)('refuses %s', async (_what, make, expected) => {
    const loop = virtualLoop()
    collectReports(loop)
    expect(await errorOf(played(() => wait(make() as never), loop))).toEqual(expected)
  })

  test('refuses bad options', async () => {
    expect(await errorOf(waited(() => sleeps(1), { timeout: Number.NaN }))).toBeInstanceOf(
      RangeError,
    )
    expect(await errorOf(waited(() => sleeps(1), { timeout: '5' as never }))).toBeInstanceOf(
      TypeError,
    )
    expect(await errorOf(waited(() => sleeps(1), { returnWhen: 'ALL' as never }))).toEqual(
      new RangeError(
        'wait expected returnWhen to be FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, got ALL',
      ),
    )
  })
})

test('it is lazy: the list is read when it is awaited', async () => {
  const size = await runVirtual(async () => {
    const tasks = sleeps(1)
    const waiting = wait(tasks)
    tasks.push(...sleeps(2))
    return (await waiting).done.size
  })
  expect(size).toBe(2)
})

describe('cancelled', () => {
  test('it cancels none of them', async () => {
    const seen = await runVirtual(async () => {
      const tasks = sleeps(10, 20)
      const waiting = createTask(wait(tasks, { timeout: 500 }))
      await sleep(5)
      waiting.cancel('go')
      const error = await errorOf(waiting)
      expect(getRunningLoop().statistics().timers).toBe(2)
      return [
        (error as { reason?: unknown }).reason,
        tasks.map(isDone),
        (await wait(tasks)).done.size,
      ]
    })
    expect(seen).toEqual(['go', [false, false], 2])
  })

  test.each([FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED] as const)(
    'or timed out, it leaves nothing behind in the futures (%s)',
    async (returnWhen) => {
      await runVirtual(async () => {
        const future = getRunningLoop().createFuture<void>()
        const other = getRunningLoop().createFuture<void>()
        const waiting = createTask(wait([future], { returnWhen }))
        for (let round = 0; round < 5; round += 1) {
          await wait([future, other], { returnWhen, timeout: 1 })
          const cancelled = createTask(wait([other, future], { returnWhen }))
          await sleep(1)
          cancelled.cancel()
          await errorOf(cancelled)
        }
        expect(Reflect.get(other, '_waiters')).toBe(null)
        future.setResult()
        expect((await waiting).done).toEqual(new Set([future]))
      })
    },
  )
})

test('errors stay with their tasks, and are reported if nobody looks at them', async () => {
  const loop = virtualLoop()
  const reports = collectReports(loop)
  await runVirtual(async () => {
    const { done } = await wait([failing(1)])
    expect([...done].map((task) => String(task.exception()))).toEqual(['Error: after 1'])
    await wait([failing(2)])
    // Here they are looked at.
    await wait([failing(3)], { returnWhen: FIRST_EXCEPTION })
  }, loop)
  expect(reports.map((report) => String(report.exception))).toEqual(['Error: after 2'])
})

test('futures of another loop of the thread may be among them', async () => {
  const other = virtualLoop()
  const theirs = other.createFuture<unknown>()
  const ended = runVirtual(async () => {
    await sleep(1)
    theirs.setResult('theirs')
    await sleep(1)
  }, other)
  const seen = await runVirtual(async () => {
    const { done } = await wait([theirs, ...sleeps(5)])
    return [...done].map((each) => each.result())
  })
  await ended
  expect(seen).toEqual(['theirs', 5])
})

test('a deadlock says what it waits for', async () => {
  const error = await errorOf(
    runVirtual(async () => await wait([getRunningLoop().createFuture<void>()])),
  )
  expect(error.message).toContain('waits for the wait() for a Future')
})
