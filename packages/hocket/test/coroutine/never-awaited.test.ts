import { coroutine, createTask, ensureFuture, getRunningLoop, run, runSync, sleep } from 'hocket'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { hostTurn } from '../support/turns.ts'

const printed: unknown[][] = []
vi.spyOn(console, 'error').mockImplementation((...args) => void printed.push(args))
afterEach(() => {
  printed.length = 0
})

const fetchPage = coroutine(async function fetchPage() {})
const countWords = coroutine(function* countWords() {
  yield* sleep(0)
})

const report = (name: string) => ({
  message: `the coroutine ${name} was never awaited, so nothing of it has run: await it, yield* it, or give it to createTask()`,
})

/** What is reported of `main` when its loop closes. */
async function reportsOf(main: Parameters<typeof runVirtual>[0]): Promise<unknown[]> {
  const loop = virtualLoop()
  const reports = collectReports(loop)
  await runVirtual(main, loop)
  return reports
}

describe('a coroutine that nobody awaits', () => {
  test('is reported when its loop closes, in both spellings', async () => {
    const reports = await reportsOf(async () => {
      fetchPage()
      countWords()
      sleep(5)
    })
    expect(reports).toEqual([report('fetchPage'), report('countWords'), report('sleep')])
  })

  test('is reported if it was made in a step of a generator', async () => {
    const reports = await reportsOf(function* () {
      fetchPage()
      yield* sleep(0)
      countWords()
    })
    expect(reports).toEqual([report('fetchPage'), report('countWords')])
  })

  test('is reported if it was made in a callback', async () => {
    const reports = await reportsOf(async () => {
      getRunningLoop().callSoon(() => {
        fetchPage()
      })
      await sleep(1)
    })
    expect(reports).toEqual([report('fetchPage')])
  })

  test('is reported if it was made behind a foreign await', async () => {
    const reports = await reportsOf(async () => {
      await hostTurn()
      fetchPage()
      await hostTurn()
    })
    expect(reports).toEqual([report('fetchPage')])
  })

  test('is reported by runSync as well', () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const main = function* () {
      fetchPage()
      yield* sleep(0)
    }
    runSync(main, { loopFactory: () => loop })
    expect(reports).toEqual([report('fetchPage')])
  })

  test('is printed without a handler', async () => {
    await run(async () => {
      fetchPage()
    })
    expect(printed).toEqual([[`hocket: ${report('fetchPage').message}`]])
  })

  test('is reported once', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      fetchPage()
    }, loop)
    loop.close()
    await runVirtual(async () => {})
    expect(reports).toHaveLength(1)
  })
})

describe('is not reported', () => {
  test('what is awaited, started, wrapped or closed', async () => {
    const reports = await reportsOf(async () => {
      await fetchPage()
      createTask(fetchPage())
      ensureFuture(countWords())
      fetchPage().close()
      await Promise.all([fetchPage(), countWords(), sleep(0)])
      await createTask(function* () {
        yield* fetchPage()
        yield* countWords()
      })
    })
    expect(reports).toEqual([])
  })

  test('what is kept over many iterations and awaited then', async () => {
    const reports = await reportsOf(async () => {
      const kept = [fetchPage(), countWords(), sleep(0)]
      for (let turn = 0; turn < 5; turn += 1) await sleep(1)
      await hostTurn()
      for (const call of kept) await call
    })
    expect(reports).toEqual([])
  })

  test('what is handed to another task', async () => {
    const reports = await reportsOf(async () => {
      const kept = fetchPage()
      await sleep(1)
      await createTask(async () => await kept)
    })
    expect(reports).toEqual([])
  })

  test('one among many that are', async () => {
    const reports = await reportsOf(function* () {
      const calls = Array.from({ length: 10 }, () => countWords())
      yield* sleep(0)
      for (const [index, call] of calls.entries()) if (index !== 7) yield* call
    })
    expect(reports).toEqual([report('countWords')])
  })

  test('by one loop what belongs to another', async () => {
    const outer = virtualLoop()
    const reports = collectReports(outer)
    await runVirtual(async () => {
      const kept = fetchPage()
      await sleep(0)
      expect(await reportsOf(async () => await sleep(0))).toEqual([])
      await kept
    }, outer)
    expect(reports).toEqual([])
  })
})
