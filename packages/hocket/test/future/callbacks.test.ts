import { Context, ContextVar, currentTask, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'

/** Runs what is ready on a loop that nobody runs otherwise. */
async function turn(loop: ReturnType<typeof virtualLoop>): Promise<void> {
  loop.stop()
  await loop.runForever()
}

describe('addDoneCallback', () => {
  test('calls in the order of the calls, through the loop, with the future', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<number>()
    const log: unknown[] = []
    future.addDoneCallback((done) => log.push(['first', done.result()]))
    future.addDoneCallback((done) => log.push(['second', done.result()]))
    future.setResult(7)
    expect(log).toEqual([])
    await turn(loop)
    expect(log).toEqual([
      ['first', 7],
      ['second', 7],
    ])
  })

  test('on a future that is done calls through the loop as well', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<number>()
    future.setResult(7)
    const log: number[] = []
    future.addDoneCallback((done) => log.push(done.result()))
    expect(log).toEqual([])
    await turn(loop)
    expect(log).toEqual([7])
  })

  test('calls for an exception and for a cancellation, too', async () => {
    const loop = virtualLoop()
    const log: string[] = []
    const [failing, cancelled] = [loop.createFuture(), loop.createFuture()]
    for (const future of [failing, cancelled]) {
      future.addDoneCallback((done) => log.push(`${done.done()} ${done.cancelled()}`))
    }
    failing.setException(new Error('looked at'))
    failing.exception()
    cancelled.cancel()
    await turn(loop)
    expect(log).toEqual(['true false', 'true true'])
  })

  test('waiters and callbacks share one order', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const loop = getRunningLoop()
      const future = loop.createFuture<void>()
      future.addDoneCallback(() => log.push('callback 1'))
      const waiter = loop.createTask(async () => {
        await future
        log.push('waiter')
      })
      await sleep(0)
      future.addDoneCallback(() => log.push('callback 2'))
      future.setResult()
      await waiter
    })
    expect(log).toEqual(['callback 1', 'waiter', 'callback 2'])
  })

  test('runs in the given context, or in a copy of the current one', async () => {
    const loop = virtualLoop()
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const log: string[] = []
    const future = loop.createFuture<void>()
    const given = new Context()
    given.run(() => user.set('given'))
    const note = () => {
      log.push(user.get())
      user.set('changed')
    }
    new Context().run(() => {
      user.set('current')
      future.addDoneCallback(note)
      future.addDoneCallback(note, { context: given })
      future.addDoneCallback(note)
    })
    future.setResult()
    await turn(loop)
    expect(log).toEqual(['current', 'given', 'current'])
    expect(given.get(user)).toBe('changed')
  })

  test('a callback that fails is reported, and the others are called', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const log: string[] = []
    const future = loop.createFuture<void>()
    future.addDoneCallback(() => {
      throw new RangeError('callback')
    })
    future.addDoneCallback(() => log.push('second'))
    future.setResult()
    await turn(loop)
    expect(reports.map((report) => report.exception)).toEqual([new RangeError('callback')])
    expect(log).toEqual(['second'])
  })

  test('a callback belongs to no task', async () => {
    const seen: unknown[] = []
    await runVirtual(function* () {
      const future = getRunningLoop().createFuture<void>()
      future.addDoneCallback(() => seen.push(currentTask()))
      future.setResult()
      yield* sleep(1)
    })
    expect(seen).toEqual([null])
  })
})

describe('removeDoneCallback', () => {
  test('takes out each occurrence and says how many there were', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<void>()
    const log: string[] = []
    const a = () => log.push('a')
    const b = () => log.push('b')
    for (const callback of [a, b, a]) future.addDoneCallback(callback)
    expect(future.removeDoneCallback(a)).toBe(2)
    expect(future.removeDoneCallback(a)).toBe(0)
    future.setResult()
    await turn(loop)
    expect(log).toEqual(['b'])
  })

  test('of the only one leaves none', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<void>()
    const log: string[] = []
    const a = () => log.push('a')
    future.addDoneCallback(a)
    expect(future.removeDoneCallback(a)).toBe(1)
    future.addDoneCallback(() => log.push('b'))
    future.setResult()
    await turn(loop)
    expect(log).toEqual(['b'])
  })

  test('leaves waiting tasks alone', async () => {
    const result = await runVirtual(async () => {
      const loop = getRunningLoop()
      const future = loop.createFuture<string>()
      const callback = () => {}
      future.addDoneCallback(callback)
      const waiter = loop.createTask(async () => await future)
      await sleep(0)
      expect(future.removeDoneCallback(callback)).toBe(1)
      future.setResult('there')
      return await waiter
    })
    expect(result).toBe('there')
  })

  test('comes too late once the future is done', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<void>()
    const log: string[] = []
    const a = () => log.push('a')
    future.addDoneCallback(a)
    future.setResult()
    expect(future.removeDoneCallback(a)).toBe(0)
    await turn(loop)
    expect(log).toEqual(['a'])
  })
})

describe('on a loop that is closed', () => {
  function closed() {
    const loop = virtualLoop()
    const future = loop.createFuture<void>()
    return { loop, future }
  }

  test('a callback that could never be called is refused, as in asyncio', () => {
    const { loop, future } = closed()
    future.setResult()
    loop.close()
    expect(() => future.addDoneCallback(() => {})).toThrow(/the event loop is closed/)
  })

  test('setting a future that somebody waits for is refused, as in asyncio', () => {
    const { loop, future } = closed()
    future.addDoneCallback(() => {})
    loop.close()
    expect(() => future.setResult()).toThrow(/the event loop is closed/)
  })
})
