import { CancelledError, createTask, getRunningLoop, run, runSync, sleep } from 'hocket'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'

const printed: unknown[][] = []
vi.spyOn(console, 'error').mockImplementation((...args) => void printed.push(args))
afterEach(() => {
  printed.length = 0
})

const error = new RangeError('failed')

describe('an exception that nobody looks at', () => {
  test('is reported when the loop closes, and says what to do', () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    loop.createFuture().setException(error)
    expect(reports).toEqual([])
    loop.close()
    expect(reports).toEqual([
      {
        message:
          'the exception of a Future was never retrieved: await it, or look at its exception()',
        exception: error,
      },
    ])
  })

  test('goes to the console without a handler', () => {
    const loop = virtualLoop()
    loop.createFuture().setException(error)
    loop.close()
    expect(printed).toEqual([
      [expect.stringMatching(/^hocket: the exception of a Future was never retrieved/), error],
    ])
  })

  test('of a task is reported under its name', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const fetchPage = async () => {
        throw error
      }
      createTask(fetchPage, { name: 'page 7' })
      await sleep(1)
    }, loop)
    expect(reports.map((report) => report.message)).toEqual([
      'the exception of page 7 (fetchPage) was never retrieved: await it, or look at its exception()',
    ])
  })

  test('of several is reported each, in the order in which they failed', () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    for (const value of [1, 2, 3]) loop.createFuture().setException(value)
    loop.close()
    expect(reports.map((report) => report.exception)).toEqual([1, 2, 3])
  })

  test('is reported once, also when the handler fails', () => {
    const loop = virtualLoop()
    let calls = 0
    loop.setExceptionHandler(() => {
      calls += 1
      throw new Error('handler')
    })
    loop.createFuture().setException(error)
    loop.createFuture().setException(error)
    loop.close()
    loop.close()
    expect(calls).toBe(2)
  })

  test('is reported at the end of run() and of runSync()', async () => {
    const loops = [virtualLoop(), virtualLoop()] as const
    const reports = loops.map((loop) => collectReports(loop))
    function* main() {
      getRunningLoop().createFuture().setException(error)
      yield* sleep(0)
    }
    await run(main, { loopFactory: () => loops[0] })
    runSync(main, { loopFactory: () => loops[1] })
    expect(reports.map((each) => each.map((report) => report.exception))).toEqual([
      [error],
      [error],
    ])
  })

  test('keeps to the loop it belongs to', () => {
    const [one, two] = [virtualLoop(), virtualLoop()]
    const reports = collectReports(one)
    two.createFuture().setException(error)
    one.close()
    expect(reports).toEqual([])
    collectReports(two)
    two.close()
  })
})

describe('is not reported', () => {
  const looks: [string, (future: PromiseLike<unknown>) => unknown][] = [
    ['by await', async (future) => await future],
    ['by then with onRejected', (future) => future.then(null, () => {})],
    ['by Promise.allSettled', (future) => Promise.allSettled([future])],
  ]

  test.each(looks)('what was looked at %s', async (_how, look) => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const future = getRunningLoop().createFuture()
      future.setException(error)
      await Promise.allSettled([look(future)])
    }, loop)
    expect(reports).toEqual([])
  })

  test('what was looked at by exception() or result()', () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const futures = [loop.createFuture(), loop.createFuture()] as const
    for (const future of futures) future.setException(error)
    expect(futures[0].exception()).toBe(error)
    expect(() => futures[1].result()).toThrow(error)
    loop.close()
    expect(reports).toEqual([])
  })

  test('a task that failed while somebody waited for it', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(function* () {
      const task = createTask(function* () {
        yield* sleep(1)
        throw error
      })
      try {
        yield* task
      } catch {
        // Looked at.
      }
    }, loop)
    expect(reports).toEqual([])
  })

  test('the failure of main: it is what run() rejects with', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const failing = runVirtual(async () => {
      throw error
    }, loop)
    await expect(failing).rejects.toBe(error)
    expect(reports).toEqual([])
  })

  test('a cancellation', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      createTask(sleep(100)).cancel()
      const task = createTask(async () => {
        throw new CancelledError('by hand')
      })
      getRunningLoop().createFuture().cancel()
      await sleep(1)
      expect(task.cancelled()).toBe(true)
    }, loop)
    expect(reports).toEqual([])
  })

  test('asking done(), cancelled() or for its text is not looking', () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const future = loop.createFuture()
    future.setException(error)
    expect([future.done(), future.cancelled(), String(future)]).toEqual([
      true,
      false,
      '<Future finished exception=RangeError: failed>',
    ])
    loop.close()
    expect(reports).toHaveLength(1)
  })
})
