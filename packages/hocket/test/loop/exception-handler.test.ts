import { createTask, type EventLoop, type ExceptionContext, getRunningLoop, sleep } from 'hocket'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'

const printed: unknown[][] = []
vi.spyOn(console, 'error').mockImplementation((...args) => void printed.push(args))
afterEach(() => {
  printed.length = 0
})

const fail = (error: unknown) => () => {
  throw error
}

describe('a callback that throws', () => {
  test('is reported with its handle, and the loop goes on', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const error = new Error('oops')
    const handle = loop.callSoon(function announce() {
      throw error
    })
    await runVirtual(async () => await sleep(1), loop)
    expect(reports).toHaveLength(1)
    expect(Object.keys(reports[0] ?? {})).toEqual(['message', 'exception', 'handle'])
    expect(reports[0]?.message).toBe('exception in the callback <Handle announce>')
    expect([reports[0]?.exception === error, reports[0]?.handle === handle]).toEqual([true, true])
  })

  test('may throw anything', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const values = [undefined, null, 'text', Object.create(null)]
    for (const value of values) loop.callSoon(fail(value))
    await runVirtual(async () => await sleep(1), loop)
    expect(reports.map((report) => report.exception)).toEqual(values)
    expect(reports.every((report) => 'exception' in report)).toBe(true)
  })

  test('of a timer and of a done callback are reported as well', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    loop.callLater(1, fail(1))
    const future = loop.createFuture<void>()
    future.addDoneCallback(function whenDone() {
      throw new RangeError('done')
    })
    future.setResult()
    await runVirtual(async () => await sleep(2), loop)
    expect(reports.map((report) => report.exception)).toEqual([new RangeError('done'), 1])
    expect(reports[0]?.message).toBe('exception in the callback <done callback whenDone>')
    expect(reports[1]?.message).toMatch(/^exception in the callback <TimerHandle /)
  })
})

describe('the handler', () => {
  test('gets the loop, and is given back', () => {
    const loop = virtualLoop()
    const calls: unknown[] = []
    const handler = (from: EventLoop, context: ExceptionContext) =>
      calls.push(from === loop, context)
    loop.setExceptionHandler(handler)
    expect(loop.getExceptionHandler()).toBe(handler)
    const context = { message: 'by hand' }
    loop.callExceptionHandler(context)
    expect(calls).toEqual([true, context])
    expect(printed).toEqual([])
  })

  test('that fails itself is reported on the console together with what it was told', () => {
    const loop = virtualLoop()
    const [own, given] = [new Error('own'), new Error('given')]
    loop.setExceptionHandler(fail(own))
    loop.callExceptionHandler({ message: 'by hand', exception: given })
    expect(printed).toEqual([
      ['hocket: by hand', given],
      ['hocket: the exception handler itself failed', own],
    ])
  })

  test('that fails does not stop the loop', async () => {
    const loop = virtualLoop()
    loop.setExceptionHandler(fail(new Error('own')))
    const result = await runVirtual(async () => {
      getRunningLoop().callSoon(fail(new Error('callback')))
      await sleep(1)
      return 'went on'
    }, loop)
    expect([result, printed.length]).toEqual(['went on', 2])
  })

  test('of null is the console again', () => {
    const loop = virtualLoop()
    loop.setExceptionHandler(fail(1))
    loop.setExceptionHandler(null)
    loop.callExceptionHandler({ message: 'by hand' })
    expect(printed).toEqual([['hocket: by hand']])
  })
})

describe('the console', () => {
  test('is told the message, what it is about, and the exception', async () => {
    const error = new Error('oops')
    const loop = virtualLoop()
    await runVirtual(async () => {
      const task = createTask(async () => await sleep(5), { name: 'worker' })
      loop.defaultExceptionHandler({ message: 'a', exception: error, task })
      loop.defaultExceptionHandler({ message: 'b', future: loop.createFuture() })
      loop.defaultExceptionHandler({ message: 'c', handle: loop.callSoon(() => {}) })
      await task
    }, loop)
    expect(printed).toEqual([
      ["hocket: a\n  in <Task pending name='worker' coro=<anonymous>>", error],
      ['hocket: b\n  in <Future pending>'],
      ['hocket: c\n  in <Handle <anonymous>>'],
    ])
  })

  test('shows an exception of undefined as one', () => {
    virtualLoop().defaultExceptionHandler({ message: 'a', exception: undefined })
    expect(printed).toEqual([['hocket: a', undefined]])
  })
})
