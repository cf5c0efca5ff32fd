import {
  AsyncExitStack,
  aclosing,
  anext,
  asyncGenerator,
  coroutine,
  createTask,
  sleep,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { Log, type Ticker, tickers } from '../support/generators.ts'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

describe.each(tickers)('aclosing of %s', (_name, ticker: Ticker) => {
  test('run(body) gives the generator to the body, and closes it after it', async () => {
    const log = new Log()
    const closing = aclosing(ticker(log, 9))
    const result = await runVirtual(
      closing.run(function* (agen) {
        expect(agen).toBe(closing.thing)
        return yield* anext(agen)
      }),
    )
    expect(result).toBe(1)
    expect(log.lines.at(-1)).toMatch(/^3 closed/)
  })

  test('run(body) passes on the error of the body', async () => {
    const log = new Log()
    const error = new RangeError('x')
    const failing = aclosing(ticker(log, 9)).run(async (agen) => {
      await agen.next()
      throw error
    })
    expect(await errorOf(runVirtual(failing))).toBe(error)
    expect(log.lines.at(-1)).toMatch(/^3 closed/)
  })

  test('use() and await using close it at the end', async () => {
    const log = new Log()
    const first = coroutine(function* () {
      const { thing } = yield* use(aclosing(ticker(log, 9)))
      return yield* anext(thing)
    })
    const second = coroutine(async () => {
      await using closing = aclosing(ticker(log, 9))
      return await anext(closing.thing)
    })
    await runVirtual(async () => {
      expect([await first(), log.take().length]).toEqual([1, 2])
      expect([await second(), log.take().length]).toEqual([1, 2])
    })
  })

  test('enterAsyncContext() gives the generator', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const stack = new AsyncExitStack()
      const agen = await stack.enterAsyncContext(aclosing(ticker(log, 9)))
      expect(await agen.next()).toEqual({ done: false, value: 1 })
      await stack.aclose()
      expect(log.lines).toHaveLength(2)
    })
  })

  test('a cancelled body closes it, too', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const task = createTask(
        aclosing(ticker(log, 9)).run(async (agen) => {
          await agen.next()
          await sleep(100)
        }),
        { name: 'body' },
      )
      await sleep(5)
      task.cancel()
      await errorOf(task)
      expect([task.cancelled(), log.lines.at(-1)]).toEqual([true, '7 closed (body)'])
    })
  })
})

test('a foreign async generator is closed by its return()', async () => {
  const log: string[] = []
  async function* numbers() {
    try {
      yield 1
    } finally {
      await sleep(1)
      log.push('closed')
    }
  }
  await runVirtual(aclosing(numbers()).run(async (agen) => await anext(agen)))
  expect(log).toEqual(['closed'])
})

test('anything with aclose() is closed by that', async () => {
  const log: string[] = []
  const pool = { aclose: coroutine(async () => void log.push('closed')) }
  await runVirtual(aclosing(pool).run(async () => {}))
  expect(log).toEqual(['closed'])
})

test('an error of the closing is the outcome, with that of the body as its cause', async () => {
  const bad = asyncGenerator(async function* () {
    try {
      yield 1
    } finally {
      await Promise.reject(new RangeError('closing'))
    }
  })
  const both = aclosing(bad()).run(async (agen) => {
    await agen.next()
    throw new Error('body')
  })
  const error = await errorOf(runVirtual(both))
  expect([error, error.cause]).toEqual([new RangeError('closing'), new Error('body')])
})

test('what cannot be closed is refused', () => {
  expect(() => aclosing({} as never)).toThrow(
    'aclosing() expected something with aclose() or return(), such as an async generator, got an Object',
  )
  expect(() => aclosing(null as never)).toThrow('got null')
})
