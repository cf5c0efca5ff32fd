// The compiler checks this file with all others of its project; that it compiles is most of the test.
import {
  asCompleted,
  type Coroutine,
  coroutine,
  createTask,
  type EventLoop,
  ExceptionGroup,
  type Future,
  forEach,
  gather,
  map,
  shield,
  sleep,
  type Task,
  wait,
} from 'hocket'
import { assertType, describe, expectTypeOf, test } from 'vitest'

/** Code that is there for the compiler alone. */
type Code = (loop: EventLoop) => unknown

const count = coroutine(async () => 5)
const name = coroutine(function* () {
  yield* sleep(1)
  return 'text'
})

describe('gather', () => {
  test('gives a tuple for a tuple, whatever the sources are', () => {
    assertType<Code>(async (loop) => {
      const results = await gather([
        count(),
        name(),
        loop.createFuture<boolean>(),
        createTask(count()),
        async () => null,
        function* () {
          yield* sleep(1)
          return 1n
        },
        sleep(1, 'x' as const),
      ])
      expectTypeOf(results).toEqualTypeOf<[number, string, boolean, number, null, bigint, 'x']>()
    })
  })

  test('gives an array for an array or another iterable', () => {
    assertType<Code>(async () => {
      expectTypeOf(await gather([1, 2].map(() => count()))).toEqualTypeOf<number[]>()
      expectTypeOf(await gather(new Set([name()]))).toEqualTypeOf<string[]>()
      const mixed: (Coroutine<number> | Task<string>)[] = []
      expectTypeOf(await gather(mixed)).toEqualTypeOf<(number | string)[]>()
      expectTypeOf(await gather([])).toEqualTypeOf<[]>()
    })
  })

  test('may give errors with returnExceptions', () => {
    assertType<Code>(async () => {
      const [five, text] = await gather([count(), name()], { returnExceptions: true })
      expectTypeOf(five).toEqualTypeOf<number | Error>()
      expectTypeOf(text).toEqualTypeOf<string | Error>()
      expectTypeOf(await gather([count()], { returnExceptions: false })).toEqualTypeOf<[number]>()
    })
  })

  test('is a future', () => {
    assertType<Code>(function* () {
      expectTypeOf(gather([count()])).toEqualTypeOf<Future<[number]>>()
      expectTypeOf(yield* gather([count(), name()])).toEqualTypeOf<[number, string]>()
    })
  })

  test('takes no promise and no single source', () => {
    assertType<Code>(() => {
      // @ts-expect-error a promise of an async function that has been called
      void gather([count(), Promise.resolve(1)])
      // @ts-expect-error nor in an iterable
      void gather(new Set([Promise.resolve(1)]))
      // @ts-expect-error a list is wanted
      void gather(count())
      // @ts-expect-error a list is wanted
      void gather(createTask(count()))
      // @ts-expect-error a number is nothing to wait for
      void gather([5])
    })
  })
})

describe('wait', () => {
  test('keeps the type of the tasks', () => {
    assertType<Code>(async () => {
      const { done, pending } = await wait([createTask(count()), createTask(name())])
      expectTypeOf(done).toEqualTypeOf<Set<Task<number> | Task<string>>>()
      expectTypeOf(pending).toEqualTypeOf<Set<Task<number> | Task<string>>>()
      expectTypeOf(wait([createTask(count())])).toExtend<Coroutine<unknown>>()
    })
  })

  test('takes neither coroutines nor promises nor other words', () => {
    assertType<Code>(() => {
      // @ts-expect-error a coroutine has to be started first
      void wait([count()])
      // @ts-expect-error a promise has to be wrapped first
      void wait([Promise.resolve(1)])
      // @ts-expect-error there are three words
      void wait([createTask(count())], { returnWhen: 'FIRST' })
    })
  })
})

describe('asCompleted', () => {
  test('gives coroutines, or the tasks', () => {
    assertType<Code>(async (loop) => {
      for (const next of asCompleted([count(), name()])) {
        expectTypeOf(next).toEqualTypeOf<Coroutine<number | string>>()
      }
      for await (const each of asCompleted([count(), loop.createFuture<boolean>()])) {
        expectTypeOf(each).toEqualTypeOf<Task<number> | Future<boolean>>()
      }
      // @ts-expect-error no promises
      void asCompleted([Promise.resolve(1)])
    })
  })
})

test('shield gives what is inside', () => {
  assertType<Code>((loop) => {
    expectTypeOf(shield(count())).toEqualTypeOf<Future<number>>()
    expectTypeOf(shield(loop.createFuture<boolean>())).toEqualTypeOf<Future<boolean>>()
    expectTypeOf(shield(async () => 'x')).toEqualTypeOf<Future<string>>()
    // @ts-expect-error no promise
    void shield(Promise.resolve(1))
  })
})

describe('map', () => {
  test('knows item and result in both spellings', () => {
    assertType<Code>(async () => {
      const texts = map([1, 2], async (n, index) => {
        expectTypeOf([n, index]).toEqualTypeOf<number[]>()
        return String(n)
      })
      expectTypeOf(await texts).toEqualTypeOf<string[]>()
      const numbers = map(texts, function* (text) {
        expectTypeOf(text).toBeString()
        yield* sleep(1)
        return text.length
      })
      for await (const each of numbers) expectTypeOf(each).toBeNumber()
      expectTypeOf(await map(new Set(['a']), () => count())).toEqualTypeOf<number[]>()
      expectTypeOf(forEach([1], async () => 'x')).toEqualTypeOf<Coroutine<void>>()
    })
    assertType<Code>(function* () {
      expectTypeOf(yield* map([1], name)).toEqualTypeOf<string[]>()
    })
  })

  test('takes what gives coroutines', () => {
    assertType<Code>(async () => {
      const mapped = map(asCompleted([count()]), async (task) => {
        expectTypeOf(task).toEqualTypeOf<Task<number>>()
        return task.getName()
      })
      expectTypeOf(await mapped).toEqualTypeOf<string[]>()
    })
    const generic = async <T>(source: AsyncIterable<T> | Iterable<T>, plain: T[]) => {
      expectTypeOf(await map(source, async (item: T) => item)).toEqualTypeOf<T[]>()
      expectTypeOf(await map(plain, async (item) => item)).toEqualTypeOf<T[]>()
    }
    assertType<unknown>(generic)
  })

  test('takes no plain function and no other order', () => {
    assertType<Code>(() => {
      // @ts-expect-error the function has to give something to wait for
      void map([1], (n) => n)
      // @ts-expect-error there are two orders
      void map([1], async (n) => n, { order: 'any' })
    })
  })
})

test('an ExceptionGroup knows its errors', () => {
  const group = new ExceptionGroup('x', [new TypeError('a')])
  expectTypeOf(group.exceptions).toEqualTypeOf<readonly TypeError[]>()
  expectTypeOf(group.split(RangeError)[0]).toEqualTypeOf<ExceptionGroup<TypeError> | null>()
  expectTypeOf(
    group.subgroup([RangeError, TypeError]),
  ).toEqualTypeOf<ExceptionGroup<TypeError> | null>()
  group.subgroup((error: unknown) => error instanceof Error)
  // @ts-expect-error neither a class nor a predicate
  void (() => group.subgroup(5))
})
