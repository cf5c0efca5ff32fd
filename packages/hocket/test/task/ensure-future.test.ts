import {
  CancelledError,
  coroutine,
  createTask,
  ensureFuture,
  getEventLoop,
  getRunningLoop,
  sleep,
  Task,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

describe('ensureFuture', () => {
  test('gives back futures and tasks as they are', async () => {
    const same = await runVirtual(async () => {
      const future = getRunningLoop().createFuture<number>()
      const task = createTask(sleep(0))
      return [ensureFuture(future) === future, ensureFuture(task) === task]
    })
    expect(same).toEqual([true, true])
  })

  test('makes a task of a coroutine and of a generator', async () => {
    const named = coroutine(async (value: string) => value)
    const result = await runVirtual(async () => {
      const ofCoroutine = ensureFuture(named('coroutine'))
      const ofGenerator = ensureFuture(
        (function* () {
          yield* sleep(1)
          return 'generator'
        })(),
      )
      const areTasks = [ofCoroutine, ofGenerator].map((future) => future instanceof Task)
      return [...areTasks, await ofCoroutine, await ofGenerator]
    })
    expect(result).toEqual([true, true, 'coroutine', 'generator'])
  })

  test('wraps promises and other thenables', async () => {
    const thenable = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable of somebody else's
      then(resolve: (value: string) => void) {
        setImmediate(resolve, 'thenable')
      },
    } as PromiseLike<string>
    const result = await runVirtual(async () => {
      const wrapped = ensureFuture(Promise.resolve('promise'))
      return [wrapped instanceof Task, await wrapped, await ensureFuture(thenable)]
    })
    expect(result).toEqual([false, 'promise', 'thenable'])
  })

  test('hands the rejection of a promise on', async () => {
    const error = new RangeError('failed')
    const wait = async () => await ensureFuture(hostTurn().then(() => Promise.reject(error)))
    expect(await errorOf(runVirtual(wait))).toBe(error)
  })

  test('takes a loop', async () => {
    const loop = virtualLoop()
    const ofPromise = ensureFuture(Promise.resolve(1), { loop })
    const ofCoroutine = ensureFuture(sleep(1, 2), { loop })
    expect([ofPromise.getLoop() === loop, ofCoroutine.getLoop() === loop]).toEqual([true, true])
    expect(await loop.runUntilComplete(ofPromise)).toBe(1)
    expect(await loop.runUntilComplete(ofCoroutine)).toBe(2)
  })

  test('outside any loop uses the default one', async () => {
    const future = ensureFuture(Promise.resolve(1))
    expect(future.getLoop() === getEventLoop()).toBe(true)
    expect(await future).toBe(1)
  })

  test.each([undefined, null, 5, 'text', {}, []])('refuses %o', (value) => {
    expect(() => ensureFuture(value as never, { loop: virtualLoop() })).toThrow(TypeError)
  })
})

describe('a wrapped promise', () => {
  test('is left at once by a cancellation', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    let release = (_value: string) => {}
    const slow = new Promise<string>((resolve) => {
      release = resolve
    })
    await runVirtual(async () => {
      const task = createTask(async () => await ensureFuture(slow))
      await sleep(0)
      task.cancel('walk away')
      const error = await errorOf(task)
      expect(error).toBeInstanceOf(CancelledError)
      release('nobody waits')
      await hostTurn()
    }, loop)
    expect(reports).toEqual([])
  })

  test('that fails after it was left is reported', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const late = new RangeError('late')
    let fail = (_error: Error) => {}
    const slow = new Promise<never>((_resolve, reject) => {
      fail = reject
    })
    await runVirtual(async () => {
      const future = ensureFuture(slow)
      future.cancel()
      fail(late)
      await hostTurn()
    }, loop)
    expect(reports).toMatchObject([
      {
        message: 'a promise failed after the task that waited for it had been cancelled',
        exception: late,
      },
    ])
  })

  test('that fails without being looked at is reported, and does not end the process', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      ensureFuture(Promise.reject(new RangeError('failed')))
      await hostTurn()
    }, loop)
    expect(reports).toMatchObject([{ exception: new RangeError('failed') }])
    expect(reports[0]?.message).toMatch(/^the exception of a foreign promise was never retrieved/)
  })

  test('that settles after its loop was closed is dropped', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const future = ensureFuture(hostTurn(), { loop })
    loop.close()
    await hostTurn()
    await hostTurn()
    expect([future.done(), reports]).toEqual([false, []])
  })

  test('holds the virtual clock until it has settled, or was left', async () => {
    const loop = virtualLoop()
    const counts: number[] = []
    const count = () => counts.push(loop.statistics().foreign)
    await runVirtual(async () => {
      const settled = ensureFuture(hostTurn())
      const left = ensureFuture(new Promise(() => {}))
      count()
      left.cancel()
      left.cancel()
      count()
      await settled
      count()
    }, loop)
    expect(counts).toEqual([2, 1, 0])
  })

  test('a thenable that throws does not hold the virtual clock', () => {
    const loop = virtualLoop()
    const unsound = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable of somebody else's
      then() {
        throw new RangeError('unsound')
      },
    }
    expect(() => ensureFuture(unsound as never, { loop })).toThrow('unsound')
    expect(loop.statistics().foreign).toBe(0)
  })
})
