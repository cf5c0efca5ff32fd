import {
  type Coroutine,
  coroutine,
  createTask,
  getRunningLoop,
  isCoroutine,
  isCoroutineFunction,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const both = [
  [
    'an async function',
    (log: string[]) =>
      coroutine(async (a: string, b: string) => {
        log.push('ran')
        await sleep(0)
        return a + b
      }),
  ],
  [
    'a generator function',
    (log: string[]) =>
      coroutine(function* (a: string, b: string) {
        log.push('ran')
        yield* sleep(0)
        return a + b
      }),
  ],
] as const

describe.each(both)('a coroutine of %s', (_name, define) => {
  test('runs nothing until it is awaited', async () => {
    const log: string[] = []
    const result = await runVirtual(async () => {
      const call = define(log)('a', 'b')
      await sleep(1)
      log.push('still nothing')
      return await call
    })
    expect([result, log]).toEqual(['ab', ['still nothing', 'ran']])
  })

  test('runs inside the task that awaits it, in its step', async () => {
    const log: string[] = []
    const iterations = await runVirtual(async () => {
      const loop = getRunningLoop()
      const before = loop.statistics().iterations
      loop.callSoon(() => log.push('next iteration'))
      await define(log)('a', 'b')
      return loop.statistics().iterations - before
    })
    expect([log, iterations]).toEqual([['ran', 'next iteration'], 1])
  })

  test('is good for one await, by whatever means', async () => {
    const reused = { name: 'RuntimeError', code: 'ERR_COROUTINE_REUSED' }
    await runVirtual(async () => {
      const call = define([])('a', 'b')
      expect(await call).toBe('ab')
      expect(await errorOf(call)).toMatchObject(reused)
      expect(await errorOf(createTask(call))).toMatchObject(reused)
      const again = createTask(function* () {
        return yield* call
      })
      expect(await errorOf(again)).toMatchObject(reused)
    })
  })

  test('is used up by createTask at once', async () => {
    await runVirtual(async () => {
      const call = define([])('a', 'b')
      const task = createTask(call)
      expect((await errorOf(call)).message).toMatch(/ was awaited already: it is one call, good/)
      expect(await task).toBe('ab')
    })
  })

  test('is given up by close()', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const log: string[] = []
    await runVirtual(async () => {
      const call = define(log)('a', 'b')
      call.close()
      call.close()
      expect(await errorOf(call)).toMatchObject({ code: 'ERR_COROUTINE_REUSED' })
    }, loop)
    expect([log, reports]).toEqual([[], []])
  })

  test('is not touched by close() once it runs', async () => {
    const result = await runVirtual(async () => {
      const call = define([])('a', 'b')
      const task = createTask(async () => await call)
      await sleep(0)
      call.close()
      return await task
    })
    expect(result).toBe('ab')
  })

  test('can not be stepped by hand', () => {
    const log: string[] = []
    const call = define(log)('a', 'b') as Coroutine<string> & Record<string, unknown>
    const names = ['return', 'map', 'filter', 'take', 'toArray', 'forEach']
    expect(names.filter((name) => name in call)).toEqual([])
    expect(Object.prototype.toString.call(call)).toBe('[object Object]')
    // A generator coroutine is the iterator of the yield* that calls it, and of nothing else.
    const step = () => (call as unknown as Iterator<unknown>).next()
    expect(step).toThrow(/is not a function|has not been awaited/)
    expect(log).toEqual([])
    call.close()
  })

  test('is told from what is none', () => {
    const fn = define([])
    const call = fn('a', 'b')
    expect([isCoroutineFunction(fn), isCoroutine(call), isCoroutine(fn)]).toEqual([
      true,
      true,
      false,
    ])
    call.close()
  })

  test('passes what it was called on and with', async () => {
    const seen = await runVirtual(async () => {
      const counter = {
        start: 5,
        add: coroutine(async function (this: { start: number }, by: number) {
          return this.start + by
        }),
        addGenerated: coroutine(function* (this: { start: number }, by: number) {
          yield* sleep(0)
          return this.start + by
        }),
      }
      return [await counter.add(1), await counter.addGenerated(2)]
    })
    expect(seen).toEqual([6, 7])
  })
})

describe('isCoroutine and isCoroutineFunction', () => {
  test('say no to what only looks like one', () => {
    const others = [
      async () => {},
      function* () {},
      (function* () {})(),
      Promise.resolve(),
      null,
      undefined,
      {},
      5,
    ]
    expect(others.map((value) => isCoroutine(value))).toEqual(others.map(() => false))
    expect(others.map((value) => isCoroutineFunction(value))).toEqual(others.map(() => false))
  })

  test('know that sleep gives a coroutine', () => {
    const call = sleep(1)
    expect(isCoroutine(call)).toBe(true)
    call.close()
  })
})

describe('names', () => {
  test('a coroutine function keeps the name of its function', () => {
    const fetchPage = coroutine(async () => {})
    async function named() {}
    expect([fetchPage.name, coroutine(named).name]).toEqual(['', 'named'])
  })

  test('a coroutine is shown by it, and by whether it has begun', async () => {
    const fetchPage = coroutine(async function fetchPage() {})
    const shown = await runVirtual(async () => {
      const call = fetchPage()
      const before = String(call)
      await call
      return [before, String(call), call.name]
    })
    expect(shown).toEqual(['<coroutine fetchPage not begun>', '<coroutine fetchPage>', 'fetchPage'])
    const anonymous = coroutine(async () => {})()
    expect(String(anonymous)).toBe('<coroutine <anonymous> not begun>')
    anonymous.close()
  })
})
