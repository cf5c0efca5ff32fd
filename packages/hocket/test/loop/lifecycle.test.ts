import {
  coroutine,
  createTask,
  EventLoop,
  eagerTaskFactory,
  Future,
  getRunningLoop,
  RuntimeError,
  sleep,
  Task,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

describe('a loop', () => {
  test('may run several times, until it is closed', async () => {
    const loop = virtualLoop()
    expect([loop.isRunning(), loop.isClosed()]).toEqual([false, false])
    const first = loop.runUntilComplete(sleep(5, 'first'))
    expect([loop.isRunning(), loop.isClosed()]).toEqual([true, false])
    expect(await first).toBe('first')
    expect([loop.isRunning(), loop.isClosed()]).toEqual([false, false])
    expect(await loop.runUntilComplete(sleep(5, 'second'))).toBe('second')
    expect(loop.time()).toBe(10)
    loop.close()
    expect([loop.isRunning(), loop.isClosed()]).toEqual([false, true])
  })

  test('may not run twice at once', async () => {
    const loop = virtualLoop()
    const message = 'this event loop is already running: await something in it'
    await runVirtual(async () => {
      expect(() => loop.runForever()).toThrow(RuntimeError)
      expect(() => loop.runForever()).toThrow(message)
      expect((await errorOf(loop.runUntilComplete(loop.createFuture()))).message).toContain(message)
    }, loop)
  })

  test('that refuses to run a coroutine leaves it alone', async () => {
    const loop = virtualLoop()
    const log: string[] = []
    const child = coroutine(async () => {
      log.push('ran')
    })
    await runVirtual(async () => {
      const call = child()
      await errorOf(loop.runUntilComplete(call))
      await sleep(1)
      call.close()
    }, loop)
    expect(log).toEqual([])
  })

  test('may not be closed while it runs', async () => {
    const loop = virtualLoop()
    await runVirtual(async () => {
      expect(() => getRunningLoop().close()).toThrow(RuntimeError)
      expect(() => getRunningLoop().close()).toThrow('cannot close a running event loop: stop() it')
    }, loop)
    expect(loop.isClosed()).toBe(true)
  })

  test('closes once, and drops what was planned', async () => {
    const loop = virtualLoop()
    const log: string[] = []
    loop.callSoon(() => log.push('soon'))
    loop.callLater(1, () => log.push('later'))
    loop.close()
    loop.close()
    expect(loop.statistics()).toMatchObject({ ready: 0, timers: 0 })
    expect(log).toEqual([])
  })
})

describe('runUntilComplete', () => {
  test('gives the result or the error of whatever is awaitable', async () => {
    const loop = virtualLoop()
    const future = new Future<string>({ loop })
    loop.callLater(1, () => future.setResult('future'))
    expect(await loop.runUntilComplete(future)).toBe('future')
    expect(await loop.runUntilComplete(Promise.resolve('promise'))).toBe('promise')
    expect(await loop.runUntilComplete(loop.createTask(sleep(1, 'task')))).toBe('task')
    const generator = (function* () {
      yield* sleep(1)
      return 'generator'
    })()
    expect(await loop.runUntilComplete(generator)).toBe('generator')
    await expect(loop.runUntilComplete(Promise.reject(new TypeError('no')))).rejects.toThrow('no')
  })

  test('of a future that is done runs one iteration', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<number>()
    future.setResult(1)
    expect(await loop.runUntilComplete(future)).toBe(1)
    expect(loop.statistics().iterations).toBe(1)
  })

  test('refuses what is not awaitable', async () => {
    const loop = virtualLoop()
    const error = await errorOf(loop.runUntilComplete(5 as never))
    expect(error).toEqual(
      new TypeError('expected a coroutine, a generator or a function that gives one, got a number'),
    )
    expect(loop.isRunning()).toBe(false)
  })

  test('that is stopped before the end says so, and can be taken up again', async () => {
    const loop = virtualLoop()
    const task = loop.createTask(sleep(10, 'late'))
    loop.callLater(5, () => loop.stop())
    const error = await errorOf(loop.runUntilComplete(task))
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toBe('the event loop was stopped before the awaitable was done')
    expect(task.done()).toBe(false)
    expect(await loop.runUntilComplete(task)).toBe('late')
  })

  test('leaves no callback of its own behind', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<void>()
    loop.stop()
    await errorOf(loop.runUntilComplete(future))
    // Were it still there, this would stop the next run.
    future.setResult()
    expect(await loop.runUntilComplete(sleep(5, 'slept'))).toBe('slept')
  })
})

describe('a task factory', () => {
  test('may add to what the task is made with', async () => {
    const loop = virtualLoop()
    loop.setTaskFactory((from, source, options) => {
      return new Task(source, { ...options, name: `made ${options.name}` }, from)
    })
    const names = await runVirtual(async () => {
      const outer = createTask(async () => createTask(sleep(0), { name: 'inner' }).getName(), {
        name: 'outer',
      })
      return [outer.getName(), await outer]
    }, loop)
    expect(names).toEqual(['made outer', 'made inner'])
  })

  test('eagerTaskFactory runs first steps at once, all the way down', async () => {
    const loop = virtualLoop()
    loop.setTaskFactory(eagerTaskFactory)
    const log: string[] = []
    const iterations = await runVirtual(async () => {
      const before = getRunningLoop().statistics().iterations
      const task = createTask(async () => {
        log.push('outer')
        createTask(async () => void log.push('inner'))
      })
      log.push(`done ${task.done()}`)
      await task
      return getRunningLoop().statistics().iterations - before
    }, loop)
    expect(log).toEqual(['outer', 'inner', 'done false'])
    expect(iterations).toBe(0)
  })

  test('must give a Future', async () => {
    const loop = virtualLoop()
    loop.setTaskFactory(() => Promise.resolve() as never)
    const call = coroutine(async () => {})()
    expect(() => loop.createTask(call)).toThrow(/a task factory must give a Future, got a Promise/)
    call.close()
    loop.close()
  })

  test('that throws is heard by who wanted the task', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    loop.setTaskFactory(() => {
      throw new RangeError('no more tasks')
    })
    const call = coroutine(async () => {})()
    expect(() => loop.createTask(call)).toThrow('no more tasks')
    call.close()
    loop.close()
    expect(reports).toEqual([])
  })
})

test('a loop without options stands on the platform, and can be closed unused', () => {
  const loop = new EventLoop()
  expect(loop.time()).toBeGreaterThan(0)
  expect(loop.getDebug()).toBe(false)
  loop.close()
})
