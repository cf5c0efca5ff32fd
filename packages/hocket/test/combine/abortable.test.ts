import {
  abandonable,
  abortable,
  CancelledError,
  createTask,
  getEventLoop,
  getRunningLoop,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

/** Something foreign that the test settles by hand. */
function foreign<T>() {
  const made = {
    signal: undefined as AbortSignal | undefined,
    resolve: (_value: T) => {},
    reject: (_error: unknown) => {},
    start: (signal: AbortSignal): Promise<T> => {
      made.signal = signal
      return new Promise<T>((resolve, reject) => {
        made.resolve = resolve
        made.reject = reject
      })
    },
  }
  return made
}

describe('abortable', () => {
  test('starts at once and gives the result or the error', async () => {
    const result = await runVirtual(async () => {
      const job = foreign<string>()
      const future = abortable(job.start)
      expect(job.signal?.aborted).toBe(false)
      job.resolve('result')
      const value = await future
      const failing = foreign<string>()
      const failed = abortable(failing.start)
      failing.reject(new RangeError('failed'))
      return [value, (await errorOf(failed)).message]
    })
    expect(result).toEqual(['result', 'failed'])
  })

  test('the same behind yield*', async () => {
    const result = await runVirtual(function* () {
      return yield* abortable(() => Promise.resolve('result'))
    })
    expect(result).toBe('result')
  })

  test('an error that start throws comes out of it', async () => {
    const start = () => {
      throw new RangeError('start')
    }
    const error = await errorOf(runVirtual(async () => await abortable(start)))
    expect(error).toEqual(new RangeError('start'))
  })

  test('a cancellation aborts with the CancelledError, and waits for the promise', async () => {
    const log: string[] = []
    const error = await runVirtual(async () => {
      const job = foreign<void>()
      const task = createTask(async () => {
        try {
          await abortable(job.start)
        } finally {
          log.push('task goes on')
        }
      })
      await sleep(0)
      task.cancel('no time')
      const reason = job.signal?.reason as CancelledError
      log.push(`${job.signal?.aborted} ${reason.name} ${reason.reason}`)
      await hostTurn()
      log.push('settles')
      job.reject(reason)
      return await errorOf(task)
    })
    expect(log).toEqual(['true CancelledError no time', 'settles', 'task goes on'])
    expect(error).toBeInstanceOf(CancelledError)
    expect(error).toMatchObject({ reason: 'no time' })
  })

  test('an AbortError of the platform’s is the cancellation as well', async () => {
    const error = await runVirtual(async () => {
      const job = foreign<void>()
      const task = createTask(async () => await abortable(job.start))
      await sleep(0)
      task.cancel()
      job.reject(new DOMException('aborted', 'AbortError'))
      return await errorOf(task)
    })
    expect(error).toBeInstanceOf(CancelledError)
  })

  test('a value that comes all the same is dropped', async () => {
    const cancelled = await runVirtual(async () => {
      const job = foreign<string>()
      const task = createTask(async () => await abortable(job.start))
      await sleep(0)
      task.cancel()
      job.resolve('too late')
      await errorOf(task)
      return task.cancelled()
    })
    expect(cancelled).toBe(true)
  })

  test('another error than the abort is delivered', async () => {
    const error = await runVirtual(async () => {
      const job = foreign<string>()
      const task = createTask(async () => await abortable(job.start))
      await sleep(0)
      task.cancel()
      job.reject(new RangeError('disk full'))
      return await errorOf(task)
    })
    expect(error).toEqual(new RangeError('disk full'))
  })

  test('a second cancellation waits as well, and aborts no second time', async () => {
    const reasons = await runVirtual(async () => {
      const job = foreign<string>()
      const task = createTask(async () => await abortable(job.start))
      await sleep(0)
      task.cancel('first')
      await sleep(0)
      task.cancel('second')
      await hostTurn()
      expect(task.done()).toBe(false)
      job.resolve('dropped')
      const error = await errorOf(task)
      return [job.signal?.reason, error]
    })
    expect(reasons).toMatchObject([{ reason: 'first' }, { reason: 'first' }])
  })

  test('an AbortError without a cancellation is an error like any other', async () => {
    const abort = new DOMException('aborted', 'AbortError')
    const wait = async () => await abortable(() => Promise.reject(abort))
    expect(await errorOf(runVirtual(wait))).toBe(abort)
  })

  test('cannot be cancelled once it is done', async () => {
    const refused = await runVirtual(async () => {
      const future = abortable(async () => 1)
      await future
      return future.cancel()
    })
    expect(refused).toBe(false)
  })

  test('refuses what is not a function', () => {
    expect(() => abortable(Promise.resolve(1) as never)).toThrow(
      new TypeError(
        "abortable expected a function (signal) => promise, got a Promise: for a promise that can't be aborted there is abandonable(promise)",
      ),
    )
  })

  test('says so when start gives no promise', () => {
    expect(() => abortable((() => 5) as never)).toThrow(/expected .*promise.*got a number/)
  })

  test('takes a thenable that settles at once', async () => {
    const soon = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable of somebody else's
      then: (resolve: (value: number) => void) => resolve(5),
    }
    expect(await runVirtual(async () => await abortable(() => soon as PromiseLike<number>))).toBe(5)
  })
})

describe('abandonable', () => {
  test('gives the result or the error', async () => {
    const result = await runVirtual(async () => {
      const value = await abandonable(Promise.resolve('result'))
      const failed = await errorOf(abandonable(Promise.reject(new RangeError('failed'))))
      return [value, failed.message]
    })
    expect(result).toEqual(['result', 'failed'])
  })

  test('a cancellation walks away at once, and what comes later is dropped', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const job = foreign<string>()
      const promise = job.start(new AbortController().signal)
      const task = createTask(function* () {
        return yield* abandonable(promise)
      })
      await sleep(0)
      task.cancel()
      await sleep(0)
      expect([task.cancelled(), getRunningLoop().statistics().foreign]).toEqual([true, 0])
      job.resolve('too late')
      await hostTurn()
    }, loop)
    expect(reports).toEqual([])
  })

  test('an error that comes later is reported, an abort is not', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const failures = [new RangeError('late'), new DOMException('aborted', 'AbortError')]
      for (const failure of failures) {
        const job = foreign<string>()
        abandonable(job.start(new AbortController().signal)).cancel()
        job.reject(failure)
      }
      await hostTurn()
    }, loop)
    expect(reports).toHaveLength(1)
    expect(reports[0]?.exception).toEqual(new RangeError('late'))
  })

  test('says so when it gets no promise', () => {
    const before = getEventLoop().statistics().foreign
    expect(() => abandonable(5 as never)).toThrow(/expected a promise, got a number/)
    expect(getEventLoop().statistics().foreign).toBe(before)
  })
})
