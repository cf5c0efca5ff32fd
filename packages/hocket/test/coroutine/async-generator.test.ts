import {
  AsyncGeneratorObject,
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  isCoroutine,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { Log, type Ticker, tickers } from '../support/generators.ts'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

describe.each(tickers)('asyncGenerator of %s', (_name, ticker: Ticker) => {
  test('calling it runs nothing', async () => {
    const log = new Log()
    const agen = ticker(log, 3)
    expect(agen).toBeInstanceOf(AsyncGeneratorObject)
    expect([ticker.name, agen.name, String(agen)]).toEqual([
      'ticker',
      'ticker',
      '<async generator ticker>',
    ])
    await runVirtual(async () => {
      const next = agen.next()
      expect(isCoroutine(next)).toBe(true)
      await sleep(5)
      expect(log.take()).toEqual([])
      expect(await next).toEqual({ done: false, value: 1 })
      await agen.aclose()
    })
  })

  test('for await runs it in the task of the consumer, up to its end', async () => {
    const log = new Log()
    const ticks = await runVirtual(async () => {
      currentTask()?.setName('consumer')
      const ticks: number[] = []
      for await (const tick of ticker(log, 2)) ticks.push(tick)
      return ticks
    })
    expect(ticks).toEqual([1, 2])
    expect(log.lines).toEqual(['1 tick 1 (consumer)', '2 tick 2 (consumer)', '4 closed (consumer)'])
  })

  test('leaving for await closes it, and waits for that', async () => {
    const log = new Log()
    const time = await runVirtual(async () => {
      for await (const tick of ticker(log, 9)) if (tick === 2) break
      return getRunningLoop().time()
    })
    expect([time, log.lines.length]).toEqual([4, 3])
  })

  test('a generator coroutine asks by yield*', async () => {
    const log = new Log()
    const ask = coroutine(function* () {
      const agen = ticker(log, 1)
      return [yield* agen.next(), yield* agen.next(), yield* agen.next()]
    })
    expect(await runVirtual(ask())).toEqual([
      { done: false, value: 1 },
      { done: true, value: 'over' },
      { done: true, value: undefined },
    ])
  })

  test('each request runs in the task that awaits it', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      await createTask(agen.next(), { name: 'one' })
      await createTask(async () => await agen.next(), { name: 'two' })
      await createTask(
        function* () {
          yield* agen.next()
        },
        { name: 'three' },
      )
      await createTask(agen.aclose(), { name: 'four' })
    })
    expect(log.lines).toEqual([
      '1 tick 1 (one)',
      '2 tick 2 (two)',
      '3 tick 3 (three)',
      '5 closed (four)',
    ])
  })

  test('aclose() runs the clean-up to its end, once', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      await agen.next()
      log.take()
      expect(await agen.aclose()).toBeUndefined()
      expect(log.take()).toHaveLength(1)
      expect(await agen.aclose()).toBeUndefined()
      expect(await agen.next()).toEqual({ done: true, value: undefined })
      expect(log.take()).toEqual([])
    })
  })

  test('aclose() before the first next() runs nothing of it', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      await agen.aclose()
      expect(await agen.next()).toEqual({ done: true, value: undefined })
    })
    expect(log.lines).toEqual([])
  })

  test('return(value) closes it with a result', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      await agen.next()
      expect(await agen.return('enough')).toEqual({ done: true, value: 'enough' })
      expect(await agen.return('again')).toEqual({ done: true, value: 'again' })
    })
    expect(log.lines).toHaveLength(2)
  })

  test('throw() throws in where it stands, and ends it if that is not caught', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      await agen.next()
      const error = new RangeError('thrown')
      expect(await errorOf(agen.throw(error))).toBe(error)
      expect(log.lines.at(-1)).toMatch(/^3 closed/)
      expect(await agen.next()).toEqual({ done: true, value: undefined })
      expect(await errorOf(agen.throw(error))).toBe(error)
    })
  })

  test('throw() before the first next() runs nothing of it', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      expect(await errorOf(agen.throw(new RangeError('early')))).toEqual(new RangeError('early'))
      expect(await agen.next()).toEqual({ done: true, value: undefined })
    })
    expect(log.lines).toEqual([])
  })

  test.each(['next', 'aclose', 'return', 'throw'] as const)(
    '%s() while it is running is an error, and does it no harm',
    async (method) => {
      const log = new Log()
      await runVirtual(async () => {
        const agen = ticker(log, 1)
        const first = createTask(agen.next())
        await sleep(0)
        const error = await errorOf(agen[method](new Error('x') as never))
        expect(error).toMatchObject({ name: 'RuntimeError', code: 'ERR_ASYNC_GENERATOR' })
        expect(error.message).toMatch(
          new RegExp(`^${method}\\(\\): the async generator ticker is already running`),
        )
        expect(await first).toEqual({ done: false, value: 1 })
        expect(await agen.next()).toEqual({ done: true, value: 'over' })
      })
    },
  )

  test('two requests under one Promise.all are one too many', async () => {
    const log = new Log()
    const outcomes = await runVirtual(async () => {
      const agen = ticker(log, 3)
      return await Promise.allSettled([agen.next(), agen.next()])
    })
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected'])
  })

  test('a request is good for one await', async () => {
    const log = new Log()
    await runVirtual(async () => {
      const agen = ticker(log, 3)
      const next = agen.next()
      await next
      expect(await errorOf(next)).toMatchObject({ code: 'ERR_COROUTINE_REUSED' })
      await agen.aclose()
    })
  })

  test('a request that nobody awaits is reported', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      void ticker(new Log(), 1).next()
    }, loop)
    expect(reports.map(({ message }) => message.slice(0, 44))).toEqual([
      'the coroutine ticker.next was never awaited,',
    ])
  })

  test('outside any loop a request is a task of the default loop', async () => {
    const seen: number[] = []
    for await (const tick of ticker(new Log(), 2)) seen.push(tick)
    expect(seen).toEqual([1, 2])
  })

  test('a request has the methods of a promise', async () => {
    const agen = ticker(new Log(), 1)
    const log: unknown[] = []
    expect(await agen.next().finally(() => log.push('finally'))).toEqual({ done: false, value: 1 })
    expect(await agen.throw(new RangeError('x')).catch((error: Error) => error.message)).toBe('x')
    expect(log).toEqual(['finally'])
  })
})
