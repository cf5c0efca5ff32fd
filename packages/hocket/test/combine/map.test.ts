import { AsyncLocalStorage } from 'node:async_hooks'
import {
  CancelledError,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  forEach,
  gather,
  getRunningLoop,
  map,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { Counted } from './counted.ts'
import { spellings } from './spellings.ts'

const squareAsync = async (n: number) => {
  await sleep(10 * n)
  return n * n
}
const squareGenerator = function* (n: number) {
  yield* sleep(10 * n)
  return n * n
}
const bodies = [
  ['an async function', squareAsync],
  ['a generator function', squareGenerator],
  ['a coroutine function of an async one', coroutine(squareAsync)],
  ['a coroutine function of a generator one', coroutine(squareGenerator)],
  ['a function that gives a coroutine', (n: number) => coroutine(squareGenerator)(n)],
  ['a function that gives a future', (n: number) => createTask(() => squareAsync(n))],
] as const

describe.each(spellings)('map behind %s', (_name, played) => {
  test.each(bodies)('calls %s for each item', async (_what, square) => {
    expect(await played(() => map([3, 1, 2], square))).toEqual([9, 1, 4])
    expect(await played(() => map([3, 1, 2], square, { order: 'completed' }))).toEqual([1, 4, 9])
  })

  test('gives the place of the item', async () => {
    const call = async (item: string, index: number) => `${index}${item}`
    expect(await played(() => map(new Set(['a', 'b']), call))).toEqual(['0a', '1b'])
    expect(await played(() => map([], call))).toEqual([])
  })

  test('has at most so many under way, and pulls only then', async () => {
    const source = new Counted(10)
    let most = 0
    let active = 0
    const results = await played(() =>
      map(
        source,
        async (n) => {
          active += 1
          most = Math.max(most, active)
          expect(source.pulled).toBeLessThanOrEqual(n + 3)
          await sleep(10 - n)
          active -= 1
          return n
        },
        { concurrency: 3 },
      ),
    )
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect([most, source.closed]).toEqual([3, 0])
  })

  test.each([
    [{}, 32],
    [{ concurrency: Infinity }, 100],
    [{ concurrency: 1 }, 1],
  ])('with %o it has %d under way', async (options, expected) => {
    let most = 0
    let active = 0
    await played(() =>
      map(
        new Counted(100),
        function* () {
          active += 1
          most = Math.max(most, active)
          yield* sleep(1)
          active -= 1
        },
        options,
      ),
    )
    expect(most).toBe(expected)
  })

  test('takes async iterables', async () => {
    async function* numbers() {
      for (const n of [3, 1, 2]) {
        await sleep(1)
        yield n
      }
    }
    expect(await played(() => map(numbers(), squareAsync))).toEqual([9, 1, 4])
    expect(await played(() => map(map([1, 2], squareAsync), squareGenerator))).toEqual([1, 16])
  })

  test('throws the first error as it is, when the others have ended', async () => {
    const error = new RangeError('no')
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const log: string[] = []
    const source = new Counted(100)
    const call = () =>
      map(
        source,
        async (n) => {
          if (n === 3) {
            await sleep(3)
            throw error
          }
          try {
            await sleep(1000)
          } catch (thrown) {
            await sleep(50)
            log.push(`${n} ${(thrown as Error).name}`)
            throw thrown
          }
        },
        { concurrency: 5 },
      )
    expect(await errorOf(played(call, loop))).toBe(error)
    expect(log).toEqual(['0', '1', '2', '4'].map((n) => `${n} CancelledError`))
    expect([loop.time(), source.pulled, source.closed, reports]).toEqual([53, 5, 1, []])
  })

  test('reports what others throw while they are being cancelled', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const error = await errorOf(
      played(
        () =>
          map([0, 1, 2], async (n) => {
            await sleep(1)
            if (n === 1) throw new Error('first')
            if (n === 2) throw new Error('in the same iteration')
            throw new Error('of a step that has run')
          }),
        loop,
      ),
    )
    expect(error.message).toBe('of a step that has run')
    expect(reports.map((each) => String(each.exception))).toEqual([
      'Error: first',
      'Error: in the same iteration',
    ])
    expect(reports[0]?.message).toMatch(/^map\(\): another item failed/)
  })

  test('cancelled, it cancels all, waits for them and closes the source', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const source = new Counted(100)
    const reasons: unknown[] = []
    const error = await errorOf(
      played(() => {
        const task = createTask(
          map(
            source,
            async (n) => {
              try {
                await sleep(1000)
              } catch (thrown) {
                reasons.push((thrown as CancelledError).reason)
                await sleep(7)
                if (n === 1) throw new Error('clean-up failed')
                throw thrown
              }
            },
            { concurrency: 2 },
          ),
        )
        loop.callLater(5, () => task.cancel('enough'))
        return task
      }, loop),
    )
    expect(error).toBeInstanceOf(CancelledError)
    expect((error as CancelledError).reason).toBe('enough')
    expect(reasons).toEqual(['enough', 'enough'])
    expect([loop.time(), source.closed]).toEqual([12, 1])
    expect(reports.map((each) => String(each.exception))).toEqual(['Error: clean-up failed'])
  })

  test('behind an error of its source, it cancels what is under way', async () => {
    const error = new Error('of the source')
    const source = new Counted(100, 3, error)
    const ended: number[] = []
    const call = () =>
      map(source, async (n) => {
        try {
          await sleep(1000)
        } finally {
          ended.push(n)
        }
      })
    expect(await errorOf(played(call))).toBe(error)
    // Having thrown, an iterator is over.
    expect([ended, source.closed]).toEqual([[0, 1, 2], 0])
  })
})

describe('each call', () => {
  test('has a task, a signal and a context of its own', async () => {
    const user = new ContextVar('user', { default: 'nobody' })
    const tasks = new Set<unknown>()
    const seen = await runVirtual(async () => {
      user.set('ada')
      return await map(
        [1, 2],
        async (n) => {
          tasks.add(currentTask())
          const before = user.get()
          user.set(`item ${n}`)
          await sleep(1)
          return [before, user.get()]
        },
        { concurrency: 1 },
      )
    })
    expect(seen).toEqual([
      ['ada', 'item 1'],
      ['ada', 'item 2'],
    ])
    expect(tasks.size).toBe(2)
  })

  test('that is cancelled by itself counts as an error', async () => {
    const seen = await runVirtual(async () => {
      const mapping = createTask(
        map([1, 2], async (n) => {
          await sleep(n)
          currentTask()?.cancel('myself')
          await sleep(1)
        }),
      )
      const error = (await errorOf(mapping)) as CancelledError
      return [error.reason, mapping.cancelled()]
    })
    expect(seen).toEqual(['myself', true])
  })

  test('must give something to wait for', async () => {
    const error = await errorOf(runVirtual(async () => await map([1], ((n: number) => n) as never)))
    expect(error.message).toMatch(/returned a number: it must be async/)
  })
})

describe('the caller', () => {
  test('cancelled behind an error gets its cancellation; the error is reported', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const error = await runVirtual(async () => {
      const task = createTask(
        map([0, 1], async (n) => {
          await sleep(1)
          if (n === 0) throw new Error('first')
          try {
            await sleep(100)
          } finally {
            await sleep(10)
          }
        }),
      )
      await sleep(5)
      task.cancel('late')
      task.cancel('later')
      return (await errorOf(task)) as CancelledError
    }, loop)
    expect([error.reason, loop.time()]).toEqual(['late', 11])
    expect(reports.map((each) => [String(each.exception), each.message])).toEqual([
      ['Error: first', 'map(): it was cancelled before it could throw this'],
    ])
  })

  test('cancelled before it begins pulls nothing', async () => {
    const source = new Counted(5)
    await runVirtual(async () => {
      const task = createTask(map(source, squareAsync))
      task.cancel()
      await errorOf(task)
    })
    expect([source.pulled, source.closed]).toEqual([0, 0])
  })

  test('cancelled in the step after the first has begun closes the source', async () => {
    for (let iterations = 1; iterations < 8; iterations += 1) {
      const source = new Counted(1000)
      await runVirtual(async () => {
        const task = createTask(map(source, squareAsync, { concurrency: 2 }))
        for (let count = 0; count < iterations; count += 1) await sleep(0)
        task.cancel()
        await errorOf(task)
        expect(task.cancelled()).toBe(true)
      })
      expect(source.closed).toBe(source.opened)
    }
  })
})

describe('a source', () => {
  test('that waits is interrupted by an error, and closed', async () => {
    const log: string[] = []
    async function* numbers() {
      try {
        yield 1
        await sleep(1e6)
        yield 2
      } finally {
        await sleep(3)
        log.push('closed')
      }
    }
    const loop = virtualLoop()
    const error = await errorOf(
      runVirtual(
        async () =>
          await map(numbers(), async () => {
            await sleep(5)
            throw new Error('no')
          }),
        loop,
      ),
    )
    expect([error.message, log, loop.time()]).toEqual(['no', ['closed'], 8])
  })

  test('whose next() is a coroutine is closed when that one is cancelled', async () => {
    let closed = 0
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => sleep(1e6, { done: false, value: 1 }),
        return: async () => {
          closed += 1
          return { done: true, value: undefined }
        },
      }),
    }
    const loop = virtualLoop()
    await runVirtual(async () => {
      const task = createTask(forEach(source, squareAsync))
      await sleep(5)
      task.cancel()
      await errorOf(task)
    }, loop)
    expect([closed, loop.time()]).toEqual([1, 5])
  })

  test.each([1, 2, 32])('is read in one task and context, %d at once', async (concurrency) => {
    const user = new ContextVar('user', { default: 'nobody' })
    const storage = new AsyncLocalStorage<string>()
    const readers = new Set<unknown>()
    function* numbers() {
      for (let n = 0; n < 10; n += 1) {
        readers.add(currentTask())
        readers.add(`${user.get()} ${storage.getStore()}`)
        yield n
      }
    }
    const seen = new Set<unknown>()
    await storage.run('stored', () =>
      runVirtual(async () => {
        user.set('ada')
        const note = async (n: number) => {
          seen.add(`${user.get()} ${storage.getStore()}`)
          user.set('item')
          await storage.run('other', () => sleep(n % 3))
        }
        await forEach(numbers(), note, { concurrency })
        expect(readers.size).toBe(2)
        expect(readers).not.toContain(currentTask())
      }),
    )
    expect(readers).toContain('ada stored')
    expect([...seen]).toEqual(['ada stored'])
  })

  test.each([
    [1, 3],
    [2, 2],
    [4, 0],
  ])('that throws ends it in the same way, %d at once', async (concurrency, count) => {
    const error = new Error('of the source')
    const source = new Counted(100, 3, error)
    const ended: number[] = []
    const call = map(
      source,
      async (n) => {
        await sleep(n)
        ended.push(n)
      },
      { concurrency },
    )
    expect(await errorOf(runVirtual(async () => await call))).toBe(error)
    expect([ended.length, source.closed]).toEqual([count, 0])
  })

  test('that fails to close behind an error is reported', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const source = new Counted(10)
    source.failure = new Error('not closed')
    const error = await errorOf(
      runVirtual(
        async () =>
          await forEach(
            source,
            async () => {
              throw new Error('no')
            },
            { concurrency: 1 },
          ),
        loop,
      ),
    )
    expect(error.message).toBe('no')
    expect(reports.map((each) => [String(each.exception), each.message])).toEqual([
      ['Error: not closed', 'forEach(): closing its source failed'],
    ])
  })

  test('that gives no result objects is an error', async () => {
    const bad = { [Symbol.iterator]: () => ({ next: () => 5 }) }
    const error = await errorOf(
      runVirtual(async () => await map(bad as unknown as Iterable<number>, squareAsync)),
    )
    expect(error).toEqual(new TypeError('an iterator gave a number instead of { done, value }'))
  })
})

describe('refuses', () => {
  test.each([
    ['a number', 5, 'a number'],
    ['a string', 'text', 'a string'],
    ['null', null, 'null'],
    ['a promise', Promise.resolve([1]), 'a Promise: await it first'],
    ['an object', {}, 'an Object'],
  ])('%s as a source', (_what, source, got) => {
    const expected = new TypeError(
      `map expected an array, or another iterable or async iterable, got ${got}`,
    )
    expect(() => map(source as never, squareAsync)).toThrow(expected)
  })

  test('a future as a source', async () => {
    await runVirtual(async () => {
      const future = getRunningLoop().createFuture<number[]>()
      expect(() => forEach(future as never, squareAsync)).toThrow(/got a Future: await it first/)
    })
  })

  test('something else as a function', () => {
    expect(() => map([1], 5 as never)).toThrow(
      new TypeError('map expected a function (item, index) => …, got a number'),
    )
  })

  test.each([0, -1, 1.5, Number.NaN])('%d as the concurrency', (concurrency) => {
    expect(() => map([1], squareAsync, { concurrency })).toThrow(
      new RangeError(
        `map expected concurrency to be a whole number from 1, or Infinity, got ${concurrency}`,
      ),
    )
  })

  test('other kinds of concurrency and order', () => {
    expect(() => forEach([1], squareAsync, { concurrency: '5' as never })).toThrow(TypeError)
    expect(() => map([1], squareAsync, { order: 'none' as never })).toThrow(RangeError)
  })
})

describe('forEach', () => {
  test.each(bodies)('calls %s', async (_what, square) => {
    const loop = virtualLoop()
    expect(await runVirtual(async () => await forEach([3, 1, 2], square), loop)).toBe(undefined)
    expect(loop.time()).toBe(30)
  })

  test('is lazy and good for one await', async () => {
    const source = new Counted(2)
    const error = await errorOf(
      runVirtual(async () => {
        const call = forEach(source, squareAsync)
        await sleep(5)
        expect(source.pulled).toBe(0)
        await call
        await call
      }),
    )
    expect(error.message).toMatch(/was awaited already/)
  })
})

test('a map is good for one use', async () => {
  await runVirtual(async () => {
    const mapping = map([1], squareAsync)
    expect(await mapping).toEqual([1])
    expect((await errorOf(mapping)).message).toMatch(/was awaited already/)
    expect(() => mapping[Symbol.asyncIterator]()).toThrow(/was awaited already/)
  })
})

test('outside any task it runs on the default loop', async () => {
  expect(await map([1, 2], async (n) => n + 1)).toEqual([2, 3])
})

test('many items leave nothing behind', async () => {
  const loop = virtualLoop()
  const total = await runVirtual(async () => {
    let total = 0
    await gather([
      forEach(new Counted(5000), async (n) => {
        total += n
      }),
      forEach(new Counted(5000), function* (n) {
        yield* sleep(n % 3)
        total += n
      }),
    ])
    expect(loop.statistics().timers).toBe(0)
    return total
  }, loop)
  expect(total).toBe(2 * 12_497_500)
})

test('a deadlock says how many are under way', async () => {
  const error = await errorOf(
    runVirtual(
      async () =>
        await map([1, 2, 3], () => getRunningLoop().createFuture<void>(), { concurrency: 2 }),
    ),
  )
  expect(error.message).toContain('waits for a map() with 2 items under way')
})
