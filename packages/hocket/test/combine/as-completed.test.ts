import {
  asCompleted,
  coroutine,
  createTask,
  EventLoop,
  type Future,
  gather,
  getRunningLoop,
  sleep,
  TimeoutError,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const later = coroutine(function* (delay: number) {
  return yield* sleep(delay, delay)
})
const fails = coroutine(async (delay: number) => {
  await sleep(delay)
  throw new Error(`after ${delay}`)
})

describe('as an iterable of coroutines', () => {
  test('gives results in the order of completion, behind await', async () => {
    const seen = await runVirtual(async () => {
      const seen: unknown[] = []
      const sources = [later(30), async () => await sleep(10, 'function'), createTask(later(20))]
      for (const next of asCompleted(sources)) seen.push(await next)
      return seen
    })
    expect(seen).toEqual(['function', 20, 30])
  })

  test('and behind yield*', async () => {
    const seen = await runVirtual(function* () {
      const seen: unknown[] = []
      for (const next of asCompleted([later(30), later(10), later(20)])) seen.push(yield* next)
      return seen
    })
    expect(seen).toEqual([10, 20, 30])
  })

  test('throws the error of each where that one is awaited', async () => {
    const seen = await runVirtual(async () => {
      const seen: unknown[] = []
      for (const next of asCompleted([later(30), fails(10), later(20)])) {
        try {
          seen.push(await next)
        } catch (error) {
          seen.push(String(error))
        }
      }
      return seen
    })
    expect(seen).toEqual(['Error: after 10', 20, 30])
  })

  test('the coroutines may be awaited at the same time; first come, first served', async () => {
    const seen = await runVirtual(async () => {
      const waiting = [...asCompleted([later(30), later(10), later(20)])]
      return await gather(waiting)
    })
    expect(seen).toEqual([10, 20, 30])
  })

  test('is good for one round, however often it is iterated', async () => {
    await runVirtual(async () => {
      const completed = asCompleted([later(2), later(1)])
      const [first] = completed
      expect(await first).toBe(1)
      const rest = [...completed]
      expect(await Promise.all(rest)).toEqual([2])
      expect([...completed]).toEqual([])
    })
  })
})

describe('as an async iterable', () => {
  test('gives the futures and tasks themselves', async () => {
    await runVirtual(async () => {
      const future = getRunningLoop().createFuture<number>()
      getRunningLoop().callLater(15, () => future.setResult(15))
      const task = createTask(fails(10))
      const seen: Future<unknown>[] = []
      for await (const each of asCompleted([later(20), task, future])) {
        expect(each.done()).toBe(true)
        seen.push(each)
      }
      expect([seen[0] === task, seen[1] === future]).toEqual([true, true])
      expect(seen[2]?.result()).toBe(20)
      expect(task.exception()).toEqual(new Error('after 10'))
    })
  })

  test('of nothing ends at once', async () => {
    await runVirtual(async () => {
      for await (const each of asCompleted([])) throw new Error(`got ${each}`)
      expect([...asCompleted([])]).toEqual([])
    })
  })

  test('leaving it cancels nothing', async () => {
    await runVirtual(async () => {
      const tasks = [createTask(later(1)), createTask(later(5))]
      for await (const each of asCompleted(tasks)) {
        expect(each.result()).toBe(1)
        break
      }
      expect(await tasks[1]).toBe(5)
    })
  })

  test('can be asked for its iterator again', async () => {
    const seen = await runVirtual(async () => {
      const iterator = asCompleted([later(2), later(1)])[Symbol.asyncIterator]()
      const seen = [(await iterator.next()).value?.result()]
      for await (const each of iterator) seen.push(each.result())
      return seen
    })
    expect(seen).toEqual([1, 2])
  })
})

describe('what is over time', () => {
  test('is a TimeoutError for each that is left, and is not cancelled', async () => {
    const loop = virtualLoop()
    await runVirtual(async () => {
      const tasks = [createTask(later(30)), createTask(later(10)), createTask(later(40))]
      const seen: unknown[] = []
      for (const next of asCompleted(tasks, { timeout: 20 })) {
        try {
          seen.push(await next)
        } catch (error) {
          seen.push(error instanceof TimeoutError, loop.time())
        }
      }
      expect(seen).toEqual([10, true, 20, true, 20])
      expect(await gather(tasks)).toEqual([30, 10, 40])
      for (const task of tasks) expect(Reflect.get(task, '_waiters')).toBe(null)
    }, loop)
  })

  test('ends an async loop', async () => {
    const error = await errorOf(
      runVirtual(async () => {
        for await (const each of asCompleted([later(30)], { timeout: 20 })) each.result()
      }),
    )
    expect(error).toBeInstanceOf(TimeoutError)
  })

  test('leaves no timer behind when all are done in time', async () => {
    await runVirtual(async () => {
      for (const next of asCompleted([later(1), later(2)], { timeout: 1000 })) await next
      expect(getRunningLoop().statistics().timers).toBe(0)
    })
  })

  test.each([null, undefined])('never comes with %o', async (timeout) => {
    const seen = await runVirtual(async () => {
      const [next] = asCompleted([later(1e9)], timeout === null ? { timeout } : {})
      return await next
    })
    expect(seen).toBe(1e9)
  })

  test('leaves nothing behind in futures that are pending', async () => {
    await runVirtual(async () => {
      const future = getRunningLoop().createFuture<void>()
      const [next] = asCompleted([future], { timeout: 1 })
      expect((await errorOf(next as PromiseLike<void>)).name).toBe('TimeoutError')
      expect(Reflect.get(future, '_waiters')).toBe(null)
    })
  })
})

describe('cancelled', () => {
  test('one that waits leaves its place to the next', async () => {
    const seen = await runVirtual(async () => {
      const [first, second] = [...asCompleted([later(10), later(20)])].map((each) =>
        createTask(each),
      )
      await sleep(5)
      first?.cancel()
      return [await second, first?.cancelled(), getRunningLoop().time()]
    })
    expect(seen).toEqual([10, true, 10])
  })

  test('one that was woken hands its turn on', async () => {
    const seen = await runVirtual(async () => {
      const future = getRunningLoop().createFuture<number>()
      const never = getRunningLoop().createFuture<number>()
      const [first, second] = [...asCompleted([future, never])].map((each) => createTask(each))
      await sleep(1)
      future.setResult(7)
      await sleep(0)
      // Woken in the iteration before this one, and not yet gone on.
      first?.cancel()
      await sleep(0)
      await sleep(0)
      await sleep(0)
      never.cancel()
      return [first?.cancelled(), second?.done(), second?.result()]
    })
    expect(seen).toEqual([true, true, 7])
  })
})

test('what is listed twice counts once', async () => {
  const seen = await runVirtual(async () => {
    const task = createTask(later(1))
    return await Promise.all(asCompleted([task, task, later(2)]))
  })
  expect(seen).toEqual([1, 2])
})

describe('refuses', () => {
  test.each([
    ['a promise in the list', () => [Promise.resolve(1)], /got a promise/],
    ['a task and no list', () => createTask(later(0)), /write asCompleted\(\[…\]\)/],
    ['a bad timeout', () => [], /NaN/, Number.NaN],
  ])('%s', async (_what, make, message, timeout: number | null = null) => {
    const error = await errorOf(
      runVirtual(async () => void asCompleted(make() as never, { timeout })),
    )
    expect(error.message).toMatch(message)
  })

  test('futures of two loops', async () => {
    const other = new EventLoop()
    const error = await errorOf(
      runVirtual(
        async () => void asCompleted([createTask(later(0)), other.createFuture<number>()]),
      ),
    )
    other.close()
    expect(error).toBeInstanceOf(RangeError)
  })
})

test('a deadlock says what it waits for', async () => {
  const error = await errorOf(
    runVirtual(async () => {
      for (const next of asCompleted([getRunningLoop().createFuture<void>()])) await next
    }),
  )
  expect(error.message).toContain('waits for the next of a Future')
})
