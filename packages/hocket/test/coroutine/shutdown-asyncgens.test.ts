import {
  AsyncGeneratorObject,
  asyncGenerator,
  createTask,
  Future,
  getRunningLoop,
  Runner,
  runSync,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectMessages, Log, type Ticker, tickers } from '../support/generators.ts'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const fail = () => {
  throw new RangeError('clean-up')
}

const failing = asyncGenerator(async function* failing() {
  try {
    yield 1
  } finally {
    await sleep(1)
    fail()
  }
})

describe.each(tickers)('what is left of %s', (_name, ticker: Ticker) => {
  test('is closed at the end of run(), all at once, each in a task of its own', async () => {
    const log = new Log()
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const left: unknown[] = []
    await runVirtual(async () => {
      left.push(ticker(log, 3), ticker(log, 3))
      for (const agen of left as ReturnType<Ticker>[]) await agen.next()
      log.take()
    }, loop)
    expect(log.lines.map((line) => line.replace(/\(.*\)/, ''))).toEqual(['4 closed ', '4 closed '])
    expect(new Set(log.lines).size).toBe(2)
    expect(reports).toEqual([])
  })

  test('is closed at the end of a main that has failed, and of one that was cancelled', async () => {
    const log = new Log()
    const agens: unknown[] = []
    const main = async () => {
      const agen = ticker(log, 3)
      agens.push(agen)
      await agen.next()
      throw new RangeError('main')
    }
    expect(await errorOf(runVirtual(main))).toEqual(new RangeError('main'))
    expect(log.lines.at(-1)).toMatch(/^3 closed/)
  })

  test('stays open between the runs of a Runner', async () => {
    const log = new Log()
    const runner = new Runner({ loopFactory: () => virtualLoop() })
    const agen = ticker(log, 3)
    await runner.run(agen.next())
    await runner.run(async () => await sleep(10))
    expect(await runner.run(agen.next())).toEqual({ done: false, value: 2 })
    expect(log.take()).toHaveLength(2)
    await runner.close()
    expect(log.take()).toHaveLength(1)
  })

  test('does not hold the end if it was not begun, or is over', async () => {
    const iterationsOf = async (main: () => Promise<unknown>) => {
      const loop = virtualLoop()
      await runVirtual(main, loop)
      return loop.statistics().iterations
    }
    const log = new Log()
    const over = await iterationsOf(async () => {
      ticker(log, 1)
      const closed = ticker(log, 1)
      await closed.aclose()
      await closed.next()
      await sleep(0)
    })
    expect(over).toBe(await iterationsOf(async () => await sleep(0)))
  })

  test('that is running fails to close, which is reported', async () => {
    const loop = virtualLoop()
    const messages = collectMessages(loop)
    const agen = ticker(new Log(), 3)
    await runVirtual(async () => {
      const task = createTask(agen.next())
      await sleep(0)
      await loop.shutdownAsyncgens()
      await task
      await agen.aclose()
    }, loop)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatch(
      /^an error occurred while the async generator ticker was closed: .*already running/,
    )
  })

  test('begun after shutdownAsyncgens() is reported', async () => {
    const loop = virtualLoop()
    const messages = collectMessages(loop)
    await runVirtual(async () => {
      await loop.shutdownAsyncgens()
      for await (const _tick of ticker(new Log(), 1)) break
    }, loop)
    expect(messages).toEqual([
      'the async generator ticker was started after shutdownAsyncgens(), so nobody closes it if it is abandoned',
    ])
  })

  test('a second shutdownAsyncgens() has nothing to do', async () => {
    const log = new Log()
    const agen = ticker(log, 3)
    await runVirtual(async () => {
      await agen.next()
      await getRunningLoop().shutdownAsyncgens()
      log.take()
      const before = getRunningLoop().statistics().iterations
      await getRunningLoop().shutdownAsyncgens()
      expect(getRunningLoop().statistics().iterations).toBe(before)
    })
    expect(log.lines).toEqual([])
  })

  test('is closed to its end, also if the shutdown is cancelled meanwhile', async () => {
    const log = new Log()
    const agen = ticker(log, 3)
    await runVirtual(async () => {
      await agen.next()
      const shutdown = createTask(getRunningLoop().shutdownAsyncgens())
      await sleep(1)
      shutdown.cancel('hurry')
      expect(await errorOf(shutdown)).toMatchObject({ name: 'CancelledError', reason: 'hurry' })
      expect(await agen.next()).toEqual({ done: true, value: undefined })
    })
    // The clean-up was cancelled at its await.
    expect(log.lines).toHaveLength(1)
  })
})

describe('an error of a generator that is closed at the end', () => {
  test('goes to the exception handler; the others are closed all the same', async () => {
    const log = new Log()
    const loop = virtualLoop()
    const messages = collectMessages(loop)
    const [[, ticker]] = tickers as [[string, Ticker]]
    const left: unknown[] = []
    await runVirtual(async () => {
      const agens = [failing(), ticker(log, 2), failing()]
      left.push(agens)
      for (const agen of agens) await agen.next()
    }, loop)
    expect(messages).toEqual([
      'an error occurred while the async generator failing was closed: RangeError: clean-up',
      'an error occurred while the async generator failing was closed: RangeError: clean-up',
    ])
    expect(log.lines.at(-1)).toMatch(/closed/)
  })

  test('is not told of if it is a cancellation', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const cancelled = asyncGenerator(function* () {
      try {
        yield 1
      } finally {
        const future = new Future({ loop })
        future.cancel()
        yield* future
      }
    })
    const agen = cancelled()
    expect(agen).toBeInstanceOf(AsyncGeneratorObject)
    await runVirtual(async () => {
      await agen.next()
    }, loop)
    expect(reports).toEqual([])
  })
})

test('a loop of one’s own closes them by shutdownAsyncgens()', async () => {
  const log = new Log()
  const loop = virtualLoop()
  const [[, ticker]] = tickers as [[string, Ticker]]
  const agen = ticker(log, 2)
  await loop.runUntilComplete(agen.next())
  await loop.runUntilComplete(loop.shutdownAsyncgens())
  loop.close()
  expect(log.lines.at(-1)).toMatch(/^3 closed/)
})

test('runSync() closes what is left', () => {
  const log = new Log()
  const [[, ticker]] = tickers as [[string, Ticker]]
  const agen = ticker(log, 2)
  runSync(
    function* () {
      yield* agen.next()
    },
    { loopFactory: () => virtualLoop() },
  )
  expect(log.lines.at(-1)).toMatch(/^3 closed/)
})
