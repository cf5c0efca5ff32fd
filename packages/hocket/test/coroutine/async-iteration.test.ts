import {
  type AnyIterable,
  aiter,
  anext,
  asyncGenerator,
  coroutine,
  createTask,
  getRunningLoop,
  StopAsyncIteration,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

const framed = asyncGenerator(function* numbers() {
  yield 1
  yield* sleep(1)
  yield 2
})
const native = asyncGenerator(async function* numbers() {
  yield 1
  await sleep(1)
  yield 2
})
async function* foreign() {
  yield 1
  await sleep(1)
  yield 2
}
function* plain() {
  yield 1
  yield Promise.resolve(2)
}

const sources: [string, () => AnyIterable<number>][] = [
  ['an async generator of the generator spelling', framed],
  ['an async generator of the async spelling', native],
  ['a foreign async generator', foreign],
  ['a generator, which may give promises', plain],
  ['an array', () => [1, 2]],
  [
    'an iterator whose next() is a coroutine',
    () => ({
      [Symbol.asyncIterator]() {
        let count = 0
        const next = coroutine(function* () {
          yield* sleep(1)
          count += 1
          return count > 2
            ? { done: true as const, value: undefined }
            : { done: false as const, value: count }
        })
        return { next }
      },
    }),
  ],
]

describe.each(sources)('aiter and anext over %s', (_name, open) => {
  test('in a generator coroutine: the values, then the default', async () => {
    const read = coroutine(function* () {
      const iterator = aiter(open())
      return [
        yield* anext(iterator),
        yield* anext(iterator),
        yield* anext(iterator, 'end'),
        yield* anext(iterator, undefined),
      ]
    })
    expect(await runVirtual(read())).toEqual([1, 2, 'end', undefined])
  })

  test('in an async function: the values, then a StopAsyncIteration', async () => {
    await runVirtual(async () => {
      const iterator = aiter(open())
      expect([await anext(iterator), await anext(iterator)]).toEqual([1, 2])
      const error = await errorOf(anext(iterator))
      expect(error).toBeInstanceOf(StopAsyncIteration)
      expect(error).toMatchObject({
        name: 'StopAsyncIteration',
        code: 'ERR_STOP_ASYNC_ITERATION',
        message:
          'the iterator has ended: give anext() a default, or ask next() for { done, value }',
      })
    })
  })
})

describe('anext', () => {
  test('is lazy', async () => {
    await runVirtual(async () => {
      const iterator = framed()
      const first = anext(iterator)
      expect(await anext(iterator)).toBe(1)
      expect(await first).toBe(2)
      await iterator.aclose()
    })
  })

  test('takes no iteration of the loop where the iterator takes none', async () => {
    for (const open of [framed, native, foreign, plain]) {
      await runVirtual(function* () {
        const iterator = aiter(open() as AsyncIterable<number>)
        const before = getRunningLoop().statistics().iterations
        expect(yield* anext(iterator)).toBe(1)
        expect(getRunningLoop().statistics().iterations).toBe(before)
      })
    }
  })

  test.each([
    ['one of Hocket’s', asyncGenerator(body)],
    ['a foreign one', body],
  ])('a cancellation reaches what %s awaits of Hocket’s', async (_name, open) => {
    const log: string[] = []
    await runVirtual(async () => {
      const iterator = aiter(open(log))
      const task = createTask(anext(iterator))
      await sleep(1)
      task.cancel('enough')
      expect(await errorOf(task)).toMatchObject({ name: 'CancelledError', reason: 'enough' })
      expect(await anext(iterator, 'end')).toBe('end')
    })
    expect(log).toEqual(['CancelledError'])
  })

  test('a cancellation waits for a foreign promise, and drops what it gives', async () => {
    const loop = virtualLoop()
    await runVirtual(async () => {
      const values = ['a', 'b']
      let release = () => {}
      const iterator = {
        async next() {
          await new Promise<void>((resolve) => {
            release = resolve
          })
          return { done: false as const, value: values.shift() }
        },
      }
      const seen: unknown[] = []
      const task = createTask(function* () {
        seen.push(yield* anext(iterator))
        yield* sleep(1)
        seen.push('never')
      })
      await sleep(0)
      task.cancel()
      await hostTurn()
      expect(task.done()).toBe(false)
      release()
      expect(await errorOf(task)).toMatchObject({ name: 'CancelledError' })
      expect([seen, values]).toEqual([[], ['b']])
    }, loop)
  })

  test('passes on the error of the iterator', async () => {
    const iterator = { next: () => Promise.reject(new RangeError('x')) }
    expect(await errorOf(runVirtual(anext(iterator)))).toEqual(new RangeError('x'))
  })

  test('gives a Task that a generator has produced as it is', async () => {
    const tasks = asyncGenerator(function* () {
      yield createTask(sleep(1, 'slept'))
    })
    await runVirtual(async () => {
      const task = { of: await createTask(asObject(tasks())) }.of.task
      expect([task.done(), await task]).toEqual([false, 'slept'])
    })
  })

  test('says what is no iterator', async () => {
    expect(() => anext([] as never)).toThrow(
      'anext() expected an iterator, got an Array: get one by aiter(iterable)',
    )
    expect(() => aiter(5 as never)).toThrow(
      'aiter() expected an async iterable or an iterable, got a number',
    )
    const wrong = { next: () => 5 }
    expect(await errorOf(runVirtual(anext(wrong as never)))).toEqual(
      new TypeError('anext(): the iterator gave a number instead of { done, value }'),
    )
  })
})

async function* body(log: string[]) {
  try {
    await sleep(10)
    yield 1
  } catch (error) {
    log.push((error as Error).name)
    throw error
  }
}

/** A Task as the result of a coroutine would be awaited. */
function asObject<T>(agen: AsyncIterator<T>) {
  return coroutine(function* () {
    return { task: yield* anext(agen) }
  })()
}
