import {
  CancelledError,
  coroutine,
  createTask,
  getRunningLoop,
  type Suspension,
  sleep,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

type Closing = (name: string, log: string[]) => unknown

/** A resource that notes when it is closed; `closing` is what its dispose gives. */
function resource(name: string, log: string[], closing: Closing = () => undefined) {
  return {
    name,
    [Symbol.asyncDispose](): Promise<void> {
      log.push(`close ${name}`)
      return closing(name, log) as Promise<void>
    },
  }
}

const kinds: [string, Closing][] = [
  ['nothing', () => undefined],
  [
    'a promise',
    async (name, log) => {
      await hostTurn()
      log.push(`closed ${name}`)
    },
  ],
  [
    'a coroutine',
    coroutine(function* (name: string, log: string[]) {
      yield* sleep(1)
      log.push(`closed ${name}`)
    }) as Closing,
  ],
  [
    'a generator',
    function* (name: string, log: string[]) {
      yield* sleep(1)
      log.push(`closed ${name}`)
    } as unknown as Closing,
  ],
]

describe.each(kinds)('a resource whose closing gives %s', (kind, closing) => {
  const closed = (name: string) =>
    kind === 'nothing' ? [`close ${name}`] : [`close ${name}`, `closed ${name}`]

  test('is closed at the end, the last one first, and each is waited for', async () => {
    const log: string[] = []
    const result = await runVirtual(function* () {
      const a = yield* use(resource('a', log, closing))
      const b = yield* use(resource('b', log, closing))
      yield* sleep(1)
      log.push(`body ${a.name}${b.name}`)
      return 'result'
    })
    expect([result, log]).toEqual(['result', ['body ab', ...closed('b'), ...closed('a')]])
  })

  test('is closed after an error, which goes on', async () => {
    const log: string[] = []
    const error = await errorOf(
      runVirtual(function* () {
        yield* use(resource('a', log, closing))
        throw new RangeError('failed')
      }),
    )
    expect([error, log]).toEqual([new RangeError('failed'), closed('a')])
  })

  test('is closed after a cancellation, which goes on', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = createTask(function* () {
        yield* use(resource('a', log, closing))
        yield* sleep(100)
      })
      await sleep(1)
      task.cancel('enough')
      const error = await errorOf(task)
      expect(error).toMatchObject({ name: 'CancelledError', reason: 'enough' })
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(closed('a'))
  })

  test('the same below an async function, in a strand of its task', async () => {
    const log: string[] = []
    const inner = coroutine(function* () {
      yield* use(resource('a', log, closing))
      yield* sleep(1)
      return 'inner'
    })
    const result = await runVirtual(async () => `${await inner()} result`)
    expect([result, log]).toEqual(['inner result', closed('a')])
  })
})

describe('use', () => {
  test('belongs to the coroutine that says it, not to its callers', async () => {
    const log: string[] = []
    const inner = coroutine(function* () {
      yield* use(resource('inner', log))
      log.push('inner body')
    })
    await runVirtual(function* () {
      yield* use(resource('outer', log))
      yield* inner()
      yield* inner()
      log.push('outer body')
    })
    const once = ['inner body', 'close inner']
    expect(log).toEqual([...once, ...once, 'outer body', 'close outer'])
  })

  test('waits for what it gets, and takes both spellings', async () => {
    const log: string[] = []
    const open = coroutine(async (name: string) => {
      await sleep(1)
      return resource(name, log)
    })
    const openGenerated = coroutine(function* (name: string) {
      yield* sleep(1)
      return resource(name, log)
    })
    const names = await runVirtual(function* () {
      const a = yield* use(open('a'))
      const b = yield* use(openGenerated('b'))
      const c = yield* use(Promise.resolve(resource('c', log)))
      return `${a.name}${b.name}${c.name}`
    })
    expect([names, log]).toEqual(['abc', ['close c', 'close b', 'close a']])
  })

  test('costs no iteration by itself', async () => {
    const iterations = await runVirtual(function* () {
      const before = getRunningLoop().statistics().iterations
      yield* use(resource('a', []))
      return getRunningLoop().statistics().iterations - before
    })
    expect(iterations).toBe(0)
  })

  test('takes a synchronous resource, and prefers asyncDispose', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      yield* use({ [Symbol.dispose]: () => void log.push('sync') })
      yield* use({
        [Symbol.dispose]: () => void log.push('not this one'),
        [Symbol.asyncDispose]: async () => void log.push('async'),
      })
    })
    expect(log).toEqual(['async', 'sync'])
  })

  test('passes null and undefined through, as await using does', async () => {
    const seen = await runVirtual(function* () {
      return [yield* use(null), yield* use(undefined), yield* use(Promise.resolve(null))]
    })
    expect(seen).toEqual([null, undefined, null])
  })

  test.each([
    [{}, 'an Object'],
    [5, 'a number'],
    ['text', 'a string'],
  ])('refuses %o, and closes what was opened before', async (wrong, got) => {
    const log: string[] = []
    const error = await errorOf(
      runVirtual(function* () {
        yield* use(resource('a', log))
        yield* use(wrong as never)
      }),
    )
    const message = `use() expected a resource with Symbol.asyncDispose or Symbol.dispose, got ${got}`
    expect([error, log]).toEqual([new TypeError(message), ['close a']])
  })

  test('an error while opening closes what was opened before', async () => {
    const log: string[] = []
    const failing = coroutine(async (): Promise<Disposable> => {
      await sleep(1)
      throw new RangeError('open')
    })
    const error = await errorOf(
      runVirtual(function* () {
        yield* use(resource('a', log))
        yield* use(failing())
      }),
    )
    expect([error, log]).toEqual([new RangeError('open'), ['close a']])
  })

  test('a caller sees the result only when all is closed', async () => {
    const log: string[] = []
    const inner = coroutine(function* (): Generator<Suspension, string, never> {
      yield* use(resource('a', log, kinds[2]?.[1]))
      return 'inner'
    })
    await runVirtual(function* () {
      const result = yield* inner()
      log.push(result)
    })
    expect(log).toEqual(['close a', 'closed a', 'inner'])
  })
})

describe('closing that fails', () => {
  const failing = (message: string) => async () => {
    throw new RangeError(message)
  }

  test('is the outcome of a coroutine that had ended well', async () => {
    const log: string[] = []
    const error = await errorOf(
      runVirtual(function* () {
        yield* use(resource('a', log))
        yield* use(resource('b', log, failing('closing')))
        return 'result'
      }),
    )
    expect([error, log]).toEqual([new RangeError('closing'), ['close b', 'close a']])
  })

  test('after an error gives a SuppressedError with both', async () => {
    const error = await errorOf(
      runVirtual(function* () {
        yield* use(resource('a', [], failing('closing')))
        throw new TypeError('body')
      }),
    )
    expect(error).toMatchObject({
      name: 'SuppressedError',
      error: new RangeError('closing'),
      suppressed: new TypeError('body'),
    })
  })

  test('of several are nested, the first one innermost', async () => {
    const error = await errorOf(
      runVirtual(function* () {
        yield* use(resource('a', [], failing('a')))
        yield* use(resource('b', [], failing('b')))
        throw new TypeError('body')
      }),
    )
    expect(error).toMatchObject({
      error: new RangeError('a'),
      suppressed: { error: new RangeError('b'), suppressed: new TypeError('body') },
    })
  })

  test('after a cancellation is the error, as in Python', async () => {
    const error = await runVirtual(async () => {
      const task = createTask(function* () {
        yield* use(resource('a', [], failing('closing')))
        yield* sleep(100)
      })
      await sleep(1)
      task.cancel()
      return await errorOf(task)
    })
    expect(error).toEqual(new RangeError('closing'))
    expect(error).not.toBeInstanceOf(CancelledError)
  })
})
