import {
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  EventLoop,
  type Future,
  gather,
  getRunningLoop,
  sleep,
  type Task,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { spellings } from './spellings.ts'

const later = coroutine(function* (delay: number) {
  return yield* sleep(delay, `${delay} ms`)
})
// biome-ignore lint/correctness/useYield: it ends in its first step
const one = coroutine(function* (): Generator<never, number> {
  return 1
})
const fails = coroutine(async (delay: number, error: unknown) => {
  await sleep(delay)
  throw error
})

describe.each(spellings)('gather behind %s', (_name, played) => {
  test('gives the results in the order of the sources, of each kind', async () => {
    const results = await played(() =>
      gather([
        later(20),
        async () => await sleep(10, 'async'),
        function* () {
          return yield* sleep(5, 'generator function')
        },
        (function* () {
          return yield* sleep(1, 'generator')
        })(),
        createTask(later(3)),
        getRunningLoop().createTask(sleep(0, 'task')) as Future<string>,
      ]),
    )
    expect(results).toEqual(['20 ms', 'async', 'generator function', 'generator', '3 ms', 'task'])
  })

  test('of nothing is done, with nothing', async () => {
    expect(await played(() => gather([]))).toEqual([])
    expect(await played(() => gather(new Set<Coroutine<number>>()))).toEqual([])
  })

  test('takes any iterable', async () => {
    const sources = function* () {
      yield later(2)
      yield later(1)
    }
    expect(await played(() => gather(sources()))).toEqual(['2 ms', '1 ms'])
  })

  test('throws the first error', async () => {
    const error = new Error('first')
    const loop = virtualLoop()
    const call = () => gather([later(30), fails(10, error), fails(20, new Error('second'))])
    expect(await errorOf(played(call, loop))).toBe(error)
    expect(loop.time()).toBe(10)
  })

  test('gives errors in place of results with returnExceptions', async () => {
    const error = new RangeError('no')
    const cancelled = () => {
      const task = createTask(later(5))
      task.cancel('why')
      return task
    }
    const results = await played(() =>
      gather([later(1), fails(2, error), cancelled(), fails(0, 'text')], {
        returnExceptions: true,
      }),
    )
    expect(results[0]).toBe('1 ms')
    expect(results[1]).toBe(error)
    expect(results[2]).toBeInstanceOf(CancelledError)
    expect((results[2] as unknown as CancelledError).reason).toBe('why')
    expect(results[3]).toBe('text')
  })
})

test('the others run on behind the first error', async () => {
  const error = new Error('first')
  const log: unknown[] = []
  const loop = virtualLoop()
  const reports = collectReports(loop)
  await runVirtual(async () => {
    const slow = createTask(later(30))
    const gathered = gather([slow, fails(10, error), fails(20, new Error('second'))])
    log.push((await errorOf(gathered)) === error, loop.time(), slow.done())
    log.push(await slow, loop.time(), gathered.cancelled())
  }, loop)
  expect(log).toEqual([true, 10, false, '30 ms', 30, false])
  expect(reports).toEqual([])
})

describe('what is listed twice', () => {
  test('is waited for once', async () => {
    let calls = 0
    const count = coroutine(async () => {
      calls += 1
      return await sleep(1, calls)
    })
    const results = await runVirtual(async () => {
      const call = count()
      const task = createTask(count())
      return await gather([call, task, later(1), call, task])
    })
    expect(results).toEqual([2, 1, '1 ms', 2, 1])
    expect(calls).toBe(2)
  })

  test('as a generator, too', async () => {
    const body = function* () {
      return yield* sleep(1, 'once')
    }
    const results = await runVirtual(async () => {
      const [first, second] = [body(), body()]
      return await gather([first, createTask(second), first])
    })
    expect(results).toEqual(['once', 'once', 'once'])
  })

  test('but a function is called for each', async () => {
    let calls = 0
    const next = async () => {
      calls += 1
      return calls
    }
    expect(await runVirtual(async () => await gather([next, next]))).toEqual([1, 2])
  })

  test('and a coroutine that was awaited before is an error', async () => {
    const error = await errorOf(
      runVirtual(async () => {
        const call = later(1)
        await call
        await gather([later(2), call])
      }),
    )
    expect(error.message).toMatch(/was awaited already/)
  })
})

describe('cancelled', () => {
  test('it cancels what is not done, waits for it and throws', async () => {
    const log: unknown[] = []
    const slow = coroutine(async () => {
      try {
        await sleep(1000)
      } catch (error) {
        await sleep(7)
        log.push('cleaned up', (error as CancelledError).reason)
        throw error
      }
    })
    const loop = virtualLoop()
    await runVirtual(async () => {
      const done = createTask(later(1))
      const task = createTask(async () => await gather([done, slow(), slow()]))
      await sleep(10)
      task.cancel('enough')
      const error = await errorOf(task)
      log.push(error.name, (error as CancelledError).reason, task.cancelled(), loop.time())
      log.push(await done)
    }, loop)
    const once = ['cleaned up', 'enough']
    expect(log).toEqual([...once, ...once, 'CancelledError', 'enough', true, 17, '1 ms'])
  })

  test('it throws even with returnExceptions', async () => {
    const error = await runVirtual(async () => {
      const gathered = gather([later(5), fails(1, new Error('no'))], { returnExceptions: true })
      await sleep(2)
      expect(gathered.cancel('now')).toBe(true)
      const error = await errorOf(gathered)
      expect(gathered.cancelled()).toBe(false)
      expect(gathered.cancel()).toBe(false)
      return error as CancelledError
    })
    expect([error.name, error.reason]).toEqual(['CancelledError', 'now'])
  })

  test('it refuses when its children are done, although it has not heard of it', async () => {
    const log = await runVirtual(async () => {
      const future = getRunningLoop().createFuture<number>()
      const gathered = gather([future])
      future.setResult(1)
      const log = [gathered.done(), gathered.cancel()]
      return [...log, await gathered]
    })
    expect(log).toEqual([false, false, [1]])
  })

  test('a child by somebody else counts as an error and is no cancellation of the gather', async () => {
    const seen = await runVirtual(async () => {
      const [one, two] = [createTask(later(5)), createTask(later(6))] as const
      const gathered = gather([one, two])
      await sleep(1)
      one.cancel('one')
      const error = (await errorOf(gathered)) as CancelledError
      return [error.name, error.reason, gathered.cancelled(), two.done(), await two]
    })
    expect(seen).toEqual(['CancelledError', 'one', false, false, '6 ms'])
  })

  test('children that swallow it leave a cancellation all the same', async () => {
    const stubborn = coroutine(async () => {
      try {
        await sleep(100)
      } catch {}
      return 'stayed'
    })
    const seen = await runVirtual(async () => {
      const task = createTask(async () => await gather([stubborn()]))
      await sleep(1)
      task.cancel()
      await errorOf(task)
      return task.cancelled()
    })
    expect(seen).toBe(true)
  })

  test('a ring of gathers is gone round once', async () => {
    let isAccepted = false
    const tasks: Task<unknown>[] = []
    const loop = virtualLoop()
    collectReports(loop)
    const error = await errorOf(
      runVirtual(async () => {
        const wait = async (other: number) => {
          await sleep(1)
          await gather([tasks[other] as Task<unknown>])
        }
        tasks.push(
          createTask(() => wait(1)),
          createTask(() => wait(0)),
        )
        await sleep(2)
        isAccepted = tasks[0]?.cancel() === true
        await gather(tasks)
      }, loop),
    )
    expect([isAccepted, error.name]).toEqual([true, 'DeadlockError'])
  })
})

describe('refused', () => {
  test.each([
    ['a promise', Promise.resolve(1), /expected a coroutine, got a promise.*ensureFuture/],
    ['a number', 5, /expected a coroutine, a generator or a function that gives one, got a number/],
  ])('%s; the others never begin', async (_what, source, message) => {
    let hasBegun = false
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const error = await errorOf(
      runVirtual(async () => {
        const begin = async () => {
          hasBegun = true
        }
        const task = createTask(later(1))
        try {
          void gather([begin, task, source as never])
        } finally {
          await sleep(5)
          expect(task.result()).toBe('1 ms')
        }
      }, loop),
    )
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(message)
    expect(hasBegun).toBe(false)
    expect(reports).toEqual([])
  })

  test.each([
    ['a coroutine', () => later(1), 'a GeneratorCoroutine: write gather([…])'],
    ['a task', () => createTask(later(1)), 'a Task: write gather([…])'],
    ['a promise', () => Promise.resolve(1), 'a Promise: write gather([…])'],
    ['null', () => null, 'null'],
    ['an object', () => ({}), 'an Object'],
  ])('%s instead of a list', async (_what, make, got) => {
    const error = await errorOf(
      runVirtual(async () => {
        const given = make() as { close?(): void }
        try {
          await gather(given as never)
        } finally {
          given?.close?.()
        }
      }),
    )
    expect(error).toEqual(
      new TypeError(
        `gather expected an array (or another iterable) of what to wait for, got ${got}`,
      ),
    )
  })

  test('futures of two loops', async () => {
    const other = new EventLoop()
    const error = await errorOf(
      runVirtual(async () => await gather([sleep(0), other.createFuture<void>()])),
    )
    other.close()
    expect(error).toBeInstanceOf(RangeError)
    expect(error.message).toMatch(/one event loop/)
  })
})

test('outside any loop it is of the default loop', async () => {
  expect(await gather([later(0), async () => 5])).toEqual(['0 ms', 5])
})

test('children that are done before are taken at once', async () => {
  const seen = await runVirtual(async () => {
    const tasks = [createTask(async () => 1), createTask(async () => 2)]
    await sleep(0)
    await sleep(0)
    const gathered = gather(tasks)
    return [gathered.done(), gathered.result()]
  })
  expect(seen).toEqual([true, [1, 2]])
})

test('eager children are taken at once as well', async () => {
  const loop = virtualLoop()
  const seen = await runVirtual(function* () {
    loop.setTaskFactory((of, source, options) => {
      const factory = of.getTaskFactory()
      of.setTaskFactory(null)
      const task = of.createTask(source, { ...options, eagerStart: true })
      of.setTaskFactory(factory)
      return task
    })
    const gathered = gather([() => one()])
    return [gathered.done(), yield* gathered]
  }, loop)
  expect(seen).toEqual([true, [1]])
})

test('a deadlock says what the gather waits for', async () => {
  const error = await errorOf(
    runVirtual(async () => {
      const never = () => getRunningLoop().createFuture<void>()
      await gather([
        later(1),
        never(),
        createTask(async () => await never(), { name: 'stuck' }),
        never(),
        never(),
      ])
    }),
  )
  expect(error.message).toContain('waits for the gather() of a Future, stuck (')
  expect(error.message).toContain(', a Future, 1 more')
})

test('ten thousand', async () => {
  const sum = await runVirtual(async () => {
    const results = await gather(
      Array.from({ length: 10_000 }, (_each, index) => sleep(index % 7, index)),
    )
    return results.reduce((total, each) => total + each, 0)
  })
  expect(sum).toBe(49_995_000)
})
