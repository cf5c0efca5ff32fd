import {
  type AsyncGeneratorObject,
  anext,
  asyncGenerator,
  ContextVar,
  coroutine,
  createTask,
  getRunningLoop,
  StopAsyncIteration,
  sleep,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

type AnyGenerator = (log: unknown[]) => AsyncGeneratorObject<unknown, unknown, unknown>

/** Both spellings of one body. */
function both(
  framed: (log: unknown[]) => Generator<unknown, unknown, unknown>,
  native: (log: unknown[]) => AsyncGenerator<unknown, unknown, unknown>,
): [string, AnyGenerator][] {
  return [
    ['a generator function', asyncGenerator(framed as never) as AnyGenerator],
    ['an async generator function', asyncGenerator(native) as AnyGenerator],
  ]
}

describe.each(
  both(
    function* (log) {
      log.push(yield 'first')
      log.push(yield 'second')
      return 'over'
    },
    async function* (log) {
      log.push(yield 'first')
      log.push(yield 'second')
      return 'over'
    },
  ),
)('%s that awaits nothing', (_name, make) => {
  test('takes no iteration of the loop', async () => {
    await runVirtual(function* () {
      const agen = make([])
      const before = getRunningLoop().statistics().iterations
      const values = [(yield* agen.next()).value, (yield* agen.next()).value]
      values.push((yield* agen.next()).value)
      expect(values).toEqual(['first', 'second', 'over'])
      expect(getRunningLoop().statistics().iterations).toBe(before)
    })
  })

  test('gets what next() was given as what its yield gives', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const agen = make(log)
      await agen.next('dropped')
      await agen.next('a')
      await agen.next('b')
    })
    expect(log).toEqual(['a', 'b'])
  })
})

describe.each(
  both(
    function* (log) {
      for (;;) {
        try {
          yield 'waiting'
        } catch (error) {
          log.push((error as Error).message)
          yield* sleep(1)
        }
      }
    },
    async function* (log) {
      for (;;) {
        try {
          yield 'waiting'
        } catch (error) {
          log.push((error as Error).message)
          await sleep(1)
        }
      }
    },
  ),
)('%s that catches', (_name, make) => {
  test('goes on after throw() to its next value', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const agen = make(log)
      await agen.next()
      expect(await agen.throw(new Error('x'))).toEqual({ done: false, value: 'waiting' })
      expect([log, getRunningLoop().time()]).toEqual([['x'], 1])
      await agen.aclose()
    })
  })
})

describe.each(
  both(
    function* (log) {
      try {
        yield 1
      } finally {
        yield 2
        log.push('never')
      }
    },
    async function* (log) {
      try {
        yield 1
      } finally {
        yield 2
        log.push('never')
      }
    },
  ),
)('%s with a value in its finally', (_name, make) => {
  test.each(['aclose', 'return'] as const)('%s() is an error', async (method) => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const agen = make(log)
      await agen.next()
      const error = await errorOf(agen[method](undefined))
      expect(error).toMatchObject({ name: 'RuntimeError', code: 'ERR_ASYNC_GENERATOR' })
      expect(error.message).toContain('ignored that it was closed')
      expect(await agen.next()).toEqual({ done: true, value: undefined })
    })
    expect(log).toEqual([])
  })
})

describe.each(
  both(
    function* () {
      yield 1
      throw new StopAsyncIteration()
    },
    async function* () {
      yield 1
      throw new StopAsyncIteration()
    },
  ),
)('%s that throws a StopAsyncIteration', (_name, make) => {
  test('throws a RuntimeError with it as the cause', async () => {
    await runVirtual(async () => {
      const agen = make([])
      await agen.next()
      const error = await errorOf(agen.next())
      expect(error.name).toBe('RuntimeError')
      expect(error.cause).toBeInstanceOf(StopAsyncIteration)
      expect(await agen.next()).toEqual({ done: true, value: undefined })
    })
  })
})

const user = new ContextVar<string>('user', { default: 'nobody' })

describe.each(
  both(
    function* () {
      for (;;) {
        yield* sleep(0)
        yield user.get()
      }
    },
    async function* () {
      for (;;) {
        await sleep(0)
        yield user.get()
      }
    },
  ),
)('%s that reads a context variable', (_name, make) => {
  test('sees that of the task that asks', async () => {
    const seen = await runVirtual(async () => {
      const agen = make([])
      const ask = (name: string) =>
        createTask(async () => {
          user.set(name)
          return (await agen.next()).value
        })
      const seen = [await ask('a'), await ask('b'), (await agen.next()).value]
      await agen.aclose()
      return seen
    })
    expect(seen).toEqual(['a', 'b', 'nobody'])
  })
})

describe('a generator function', () => {
  test('may hand over to another one by yield*, and is closed inside it', async () => {
    const log: string[] = []
    function* inner() {
      try {
        yield* sleep(1)
        yield 1
        yield 2
      } finally {
        yield* sleep(1)
        log.push('inner closed')
      }
    }
    const outer = asyncGenerator(function* outer() {
      yield 0
      yield* inner()
    })
    const values = await runVirtual(async () => {
      const values: number[] = []
      for await (const value of outer()) {
        values.push(value)
        if (value === 1) break
      }
      return values
    })
    expect([values, log]).toEqual([[0, 1], ['inner closed']])
  })

  test('that yields a coroutine has forgotten a star', async () => {
    const agen = asyncGenerator(function* forgetful(): Generator<never, void, unknown> {
      try {
        yield sleep(1) as never
      } catch (error) {
        yield (error as Error).message as never
      }
    })
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const message = await runVirtual(async () => (await agen().next()).value, loop)
    expect(message).toBe(
      'an async generator yielded the coroutine sleep: write yield* to await it, or yield a Task (createTask)',
    )
    expect(reports).toEqual([])
  })

  test('may yield a Task, which is a value', async () => {
    const tasks = asyncGenerator(function* () {
      yield createTask(sleep(1, 'slept'))
    })
    const value = await runVirtual(async () => {
      for await (const task of tasks()) return [task.done(), await task]
      return null
    })
    expect(value).toEqual([false, 'slept'])
  })

  test('keeps what it uses open between its values, and closes it at the end', async () => {
    const log: string[] = []
    const open = (name: string) => ({
      [Symbol.asyncDispose]: coroutine(function* () {
        yield* sleep(1)
        log.push(`close ${name}`)
      }) as unknown as () => Promise<void>,
    })
    const rows = asyncGenerator(function* rows() {
      yield* use(open('a'))
      yield 1
      yield* use(open('b'))
      yield 2
    })
    await runVirtual(async () => {
      for await (const row of rows()) log.push(`row ${row}`)
      log.push('end')
      for await (const row of rows()) {
        log.push(`row ${row}`)
        break
      }
      const failing = rows()
      await failing.next()
      await failing.next()
      log.push((await errorOf(failing.throw(new Error('x')))).message)
    })
    const [complete, left, failed] = [
      'row 1,row 2,close b,close a,end',
      'row 1,close a',
      'close b,close a,x',
    ]
    expect(log.join()).toBe([complete, left, failed].join())
  })

  test('closes what it uses also when it ignores that it is closed', async () => {
    const log: string[] = []
    const agen = asyncGenerator(function* () {
      yield* use({ [Symbol.dispose]: () => void log.push('closed') })
      try {
        yield 1
      } finally {
        yield 2
      }
    })
    await runVirtual(async () => {
      const rows = agen()
      await rows.next()
      expect(await errorOf(rows.aclose())).toMatchObject({ code: 'ERR_ASYNC_GENERATOR' })
    })
    expect(log).toEqual(['closed'])
  })

  test('may go down deep', async () => {
    const nested: (depth: number) => AsyncGeneratorObject<number> = asyncGenerator(function* (
      depth: number,
    ) {
      const inner = depth > 0 ? nested(depth - 1) : null
      for (;;) {
        const value: number | null = inner === null ? null : yield* anext(inner, null)
        if (value === null) break
        yield value
      }
      yield* sleep(0)
      yield depth
    })
    const sum = await runVirtual(async () => {
      let sum = 0
      for await (const depth of nested(500)) sum += depth
      return sum
    })
    expect(sum).toBe(125_250)
  })

  test('names itself in the stack of its errors and of its task', async () => {
    const failing = asyncGenerator(function* failing() {
      yield* sleep(1)
      throw new Error('x')
    })
    await runVirtual(async () => {
      const agen = failing()
      const task = createTask(agen.next())
      await sleep(0)
      await sleep(0)
      expect(task.getStack()).toEqual([{ name: 'failing.next' }])
      expect((await errorOf(task)).stack).toContain('at coroutine failing.next')
    })
  })
})

describe('an async generator function', () => {
  test('may hand over to one of either spelling by yield*', async () => {
    const log: string[] = []
    const inner = asyncGenerator(function* () {
      try {
        yield 1
        yield* sleep(1)
        yield 2
        return 'inner result'
      } finally {
        yield* sleep(1)
        log.push('inner closed')
      }
    })
    const outer = asyncGenerator(async function* () {
      log.push(String(yield* inner()))
    })
    await runVirtual(async () => {
      for await (const value of outer()) log.push(`value ${value}`)
      for await (const value of outer()) {
        log.push(`value ${value}`)
        break
      }
    })
    const [complete, left] = ['value 1,value 2,inner closed,inner result', 'value 1,inner closed']
    expect(log.join()).toBe([complete, left].join())
  })

  test('waits for what it yields, as ever', async () => {
    const agen = asyncGenerator(async function* () {
      yield sleep(1, 'slept')
    })
    expect(await runVirtual(async () => (await agen().next()).value)).toBe('slept')
  })
})

describe('asyncGenerator()', () => {
  test('keeps this', async () => {
    class Counter {
      step = 2
      count = asyncGenerator(async function* (this: Counter) {
        yield this.step
      })
    }
    const counter = new Counter()
    expect(await runVirtual(async () => (await counter.count().next()).value)).toBe(2)
  })

  test('takes functions only', () => {
    expect(() => asyncGenerator(7 as never)).toThrow(
      'asyncGenerator() expected an async generator function or a generator function, got a number',
    )
  })

  test('and only such as give a generator', () => {
    const wrong = asyncGenerator((() => 7) as never) as () => unknown
    expect(() => wrong()).toThrow('the function given to asyncGenerator() gave a number')
  })
})
