import {
  AbstractAsyncContextManager,
  AsyncExitStack,
  asynccontextmanager,
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  type GeneratorContextManager,
  StopAsyncIteration,
  sleep,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

type Make = (log: string[], onError?: (error: unknown) => void) => GeneratorContextManager<number>

const rethrow = (error: unknown) => {
  throw error
}

// Both wait a ms before and after; `onError` says what becomes of an error.
const managers: [string, Make][] = [
  [
    'a generator function',
    asynccontextmanager(function* context(log: string[], onError = rethrow) {
      yield* sleep(1)
      log.push(`enter in ${currentTask()?.getName()}`)
      try {
        yield 7
        log.push('well')
      } catch (error) {
        log.push(`caught ${(error as Error).message}`)
        onError(error)
      } finally {
        yield* sleep(1)
        log.push(`leave in ${currentTask()?.getName()}`)
      }
    }),
  ],
  [
    'an async generator function',
    asynccontextmanager(async function* context(log: string[], onError = rethrow) {
      await sleep(1)
      log.push(`enter in ${currentTask()?.getName()}`)
      try {
        yield 7
        log.push('well')
      } catch (error) {
        log.push(`caught ${(error as Error).message}`)
        onError(error)
      } finally {
        await sleep(1)
        log.push(`leave in ${currentTask()?.getName()}`)
      }
    }),
  ],
]

describe.each(managers)('asynccontextmanager of %s', (_name, make: Make) => {
  const inTask = (log: string[], body: (value: number) => PromiseLike<unknown>, ignore = false) =>
    runVirtual(
      async () =>
        await createTask(make(log, ignore ? () => {} : undefined).run(body), { name: 'user' }),
    )

  test('run(body) enters, gives the value, leaves, and gives the result', async () => {
    const log: string[] = []
    const result = await inTask(log, async (value) => {
      await sleep(1)
      log.push(`body ${value} in ${currentTask()?.getName()}`)
      return 'result'
    })
    expect([result, log]).toEqual([
      'result',
      ['enter in user', 'body 7 in user', 'well', 'leave in user'],
    ])
  })

  test('run(body) takes a generator function and a coroutine function, too', async () => {
    const body = coroutine(function* (value: number) {
      yield* sleep(1)
      return value + 1
    })
    const results = await runVirtual(function* () {
      const first = yield* make([]).run(function* (value) {
        yield* sleep(1)
        return value
      })
      return [first, yield* make([]).run(body)]
    })
    expect(results).toEqual([7, 8])
  })

  test('an error of the body is thrown in at the yield, and passes', async () => {
    const log: string[] = []
    const error = new RangeError('x')
    expect(await errorOf(inTask(log, () => Promise.reject(error)))).toBe(error)
    expect(log).toEqual(['enter in user', 'caught x', 'leave in user'])
    expect(error.cause).toBeUndefined()
  })

  test('an error that is caught is swallowed: run() gives undefined', async () => {
    const log: string[] = []
    expect(await inTask(log, () => Promise.reject(new Error('x')), true)).toBeUndefined()
    expect(log.at(-1)).toBe('leave in user')
  })

  test('an error that is replaced is the cause of the other one', async () => {
    const replace = () => {
      throw new RangeError('other')
    }
    const error = await errorOf(
      runVirtual(make([], replace).run(() => Promise.reject(new Error('x')))),
    )
    expect([error, error.cause]).toEqual([new RangeError('other'), new Error('x')])
  })

  test('a StopAsyncIteration of the body passes as it is', async () => {
    const error = new StopAsyncIteration()
    expect(await errorOf(inTask([], () => Promise.reject(error)))).toBe(error)
  })

  test('a cancelled body: the generator sees it, cleans up, and the task ends cancelled', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = createTask(
        make(log).run(async () => await sleep(100)),
        { name: 'user' },
      )
      await sleep(2)
      task.cancel('enough')
      expect(await errorOf(task)).toMatchObject({ reason: 'enough' })
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(['enter in user', 'caught enough', 'leave in user'])
  })

  // It enters from 0 to 1, the body is cut off at 2, and it leaves from there to 3.
  test.each([
    [0.5, []],
    // The timer has fired in the same iteration: what has arrived is lost to a cancel, as in asyncio.
    [1, []],
    [1.5, ['enter in user', 'caught cancelled']],
    [2.5, ['enter in user', 'well']],
  ])('cancelled at %s ms, and again half a ms later, it ends at once', async (time, expected) => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = createTask(
        make(log).run(async () => await sleep(1)),
        { name: 'user' },
      )
      await sleep(time)
      task.cancel()
      await sleep(0.4)
      task.cancel()
      expect(await errorOf(task)).toBeInstanceOf(CancelledError)
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(expected)
  })

  test('is good for one use', async () => {
    await runVirtual(async () => {
      const manager = make([])
      await manager.run(async () => {})
      expect(await errorOf(manager.run(async () => {}))).toMatchObject({
        code: 'ERR_ASYNC_GENERATOR',
        message:
          'the context context was entered already: it is good for one use, call the function again',
      })
    })
  })

  test('open() makes a resource of it, for use() and await using', async () => {
    const log: string[] = []
    const first = coroutine(function* () {
      const { value } = yield* use(make(log).open())
      return value
    })
    const second = coroutine(async () => {
      await using opened = await make(log).open()
      log.push('body')
      throw new Error(`x${opened.value}`)
    })
    await runVirtual(async () => {
      expect(await first()).toBe(7)
      expect(log.splice(0).map((line) => line.split(' ')[0])).toEqual(['enter', 'well', 'leave'])
      expect(await errorOf(second())).toEqual(new Error('x7'))
      expect(log.map((line) => line.split(' ')[0])).toEqual(['enter', 'body', 'well', 'leave'])
    })
  })

  test('disposing of one that was not entered, or was left, does nothing', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const manager = make(log)
      await manager[Symbol.asyncDispose]()
      expect(log).toEqual([])
      const other = make(log)
      await other.run(async () => {})
      log.splice(0)
      await other[Symbol.asyncDispose]()
      expect(log).toEqual([])
    })
  })

  test('enterAsyncContext() enters it, and the stack tells it of the error', async () => {
    const log: string[] = []
    const outcome = await runVirtual(
      new AsyncExitStack().run(async (stack) => {
        log.push(String(await stack.enterAsyncContext(make(log, () => {}))))
        throw new Error('x')
      }),
    )
    expect(outcome).toBeUndefined()
    expect(log.map((line) => line.split(' ')[0])).toEqual(['enter', '7', 'caught', 'leave'])
  })
})

const wrong = {
  "didn't yield": asynccontextmanager(async function* nothing() {}),
  "didn't stop": asynccontextmanager(async function* twice(log: string[] = []) {
    try {
      yield 1
      yield 2
    } finally {
      log.push('closed')
    }
  }),
  'goes on after an error': asynccontextmanager(function* stubborn(log: string[] = []) {
    try {
      try {
        yield 1
      } catch {
        yield 2
      }
    } finally {
      log.push('closed')
    }
  }),
}

describe('a generator that does not yield exactly once', () => {
  test('but never', async () => {
    const error = await errorOf(runVirtual(wrong["didn't yield"]().run(async () => {})))
    expect(error).toMatchObject({ name: 'RuntimeError', code: 'ERR_ASYNC_GENERATOR' })
    expect(error.message).toBe(
      "the generator nothing of a context didn't yield: it has to yield once",
    )
  })

  test('but twice is closed', async () => {
    const log: string[] = []
    const error = await errorOf(runVirtual(wrong["didn't stop"](log).run(async () => {})))
    expect([error.name, error.message]).toEqual([
      'RuntimeError',
      "the generator twice of a context didn't stop: it has to yield once",
    ])
    expect(log).toEqual(['closed'])
  })

  test('but again after an error is closed, and the error is the cause', async () => {
    const log: string[] = []
    const body = new Error('body')
    const failing = wrong['goes on after an error'](log).run(() => Promise.reject(body))
    const error = await errorOf(runVirtual(failing))
    expect(error.message).toMatch(/didn't stop: it has to yield once, also after an error$/)
    expect([error.cause, log]).toEqual([body, ['closed']])
  })
})

describe('a context manager of one’s own', () => {
  class Span extends AbstractAsyncContextManager<string> {
    readonly log: string[] = []

    async aenter() {
      await sleep(1)
      return 'span'
    }

    async aexit(error: unknown, hasFailed: boolean) {
      await sleep(1)
      this.log.push(`${hasFailed} ${error}`)
      return error === 'swallow'
    }
  }

  test('is told how the body ended', async () => {
    const span = new Span()
    await runVirtual(async () => {
      expect(await span.run(async (name) => `in ${name}`)).toBe('in span')
      expect(await span.run(() => Promise.reject('swallow'))).toBeUndefined()
      await expect(span.run(() => Promise.reject(undefined))).rejects.toBeUndefined()
    })
    expect(span.log).toEqual(['false undefined', 'true swallow', 'true undefined'])
  })
})
