import { coroutine, createTask, currentTask, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

describe('functions that are neither', () => {
  test('one that gives a promise is fine', async () => {
    const plain = coroutine((value: number) => Promise.resolve(value))
    expect(await runVirtual(plain(7))).toBe(7)
    const generated = function* () {
      return yield* plain(8)
    }
    expect(await runVirtual(generated)).toBe(8)
  })

  test('one that gives a generator runs it, behind await, yield* and createTask', async () => {
    const inner = function* (value: number) {
      yield* sleep(1)
      return [value, currentTask()?.getName()]
    }
    const plain = coroutine((value: number) => inner(value))
    const result = await runVirtual(async () => {
      currentTask()?.setName('main')
      const behindAwait = await plain(1)
      const behindStar = await createTask(
        function* () {
          return yield* plain(2)
        },
        { name: 'star' },
      )
      return [behindAwait, behindStar, await createTask(plain(3), { name: 'task' })]
    })
    expect(result).toEqual([
      [1, 'main'],
      [2, 'star'],
      [3, 'task'],
    ])
  })

  test('one that throws before it gives anything fails at the await', async () => {
    const failing = coroutine((): Promise<number> => {
      throw new RangeError('early')
    })
    const errors = await runVirtual(async () => {
      const behindAwait = await errorOf((async () => await failing())())
      const behindStar = await errorOf(
        createTask(function* () {
          return yield* failing()
        }),
      )
      return [behindAwait, behindStar, await errorOf(createTask(failing()))]
    })
    expect(errors).toEqual(errors.map(() => new RangeError('early')))
  })

  test.each([
    [undefined, 'undefined'],
    [5, 'a number'],
    [[1], 'an Array'],
  ])('one that gives %o is told what it must be', async (value, got) => {
    const wrong = coroutine(function fetchPage() {
      return value as never
    })
    const message = `the function of the coroutine fetchPage gave ${got}: it must be async or a generator function`
    const errors = await runVirtual(async () => [
      await errorOf((async () => await wrong())()),
      await errorOf(
        createTask(function* () {
          return yield* wrong()
        }),
      ),
    ])
    expect(errors).toEqual([new TypeError(message), new TypeError(message)])
  })

  test.each([undefined, Promise.resolve(), (function* () {})(), 'text'])(
    'coroutine(%o) is refused',
    (value) => {
      const message = 'coroutine() expected an async function or a generator function, got'
      expect(() => coroutine(value as never)).toThrow(TypeError)
      expect(() => coroutine(value as never)).toThrow(message)
    },
  )
})

describe('generators', () => {
  class Counter {
    count = 0;

    *next(by: number) {
      yield* sleep(1)
      this.count += by
      return this.count
    }

    async twice() {
      return (await createTask(this.next(1))) * 2
    }
  }

  test('a generator method is awaited by yield*, and is a task’s source', async () => {
    const result = await runVirtual(function* () {
      const counter = new Counter()
      const first = yield* counter.next(1)
      const second = yield* createTask(counter.next(10))
      const third = yield* createTask(() => counter.next(100))
      return [first, second, third]
    })
    expect(result).toEqual([1, 11, 111])
  })

  test('an async method starts one', async () => {
    expect(await runVirtual(() => new Counter().twice())).toBe(2)
  })

  test('a raw generator may be main', async () => {
    expect(await runVirtual(new Counter().next(5))).toBe(5)
  })

  test('yield* over a raw generator costs no iteration', async () => {
    const raw = function* () {}
    const iterations = await runVirtual(function* () {
      const before = getRunningLoop().statistics().iterations
      yield* raw()
      return getRunningLoop().statistics().iterations - before
    })
    expect(iterations).toBe(0)
  })
})
