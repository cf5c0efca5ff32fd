// The compiler checks this file with all others of its project; that it compiles is most of the test.
import {
  type Coroutine,
  coroutine,
  createTask,
  type EventLoop,
  ensureFuture,
  run,
  runSync,
  type Suspension,
  sleep,
  type Task,
} from 'hocket'
import { assertType, describe, expect, expectTypeOf, test } from 'vitest'

/** Code that is there for the compiler alone. */
type Code = (loop: EventLoop) => unknown

const fetchPage = coroutine(async (url: string, retries?: number) => ({ url, retries }))
const countWords = coroutine(function* (...words: string[]) {
  yield* sleep(1)
  return words.length
})

describe('coroutine functions', () => {
  test('keep parameters and give a Coroutine of the result', () => {
    expectTypeOf(fetchPage).parameters.toEqualTypeOf<[url: string, retries?: number | undefined]>()
    expectTypeOf(fetchPage).returns.toEqualTypeOf<
      Coroutine<{ url: string; retries: number | undefined }>
    >()
    expectTypeOf(countWords).parameters.toEqualTypeOf<string[]>()
    expectTypeOf(countWords).returns.toEqualTypeOf<Coroutine<number>>()
  })

  test('what they give is awaited by both spellings, with the result’s type', () => {
    assertType<Code>(async () => {
      expectTypeOf(await countWords()).toBeNumber()
      expectTypeOf((await fetchPage('x')).url).toBeString()
    })
    assertType<Code>(function* () {
      expectTypeOf(yield* countWords('a', 'b')).toBeNumber()
      expectTypeOf((yield* fetchPage('x')).url).toBeString()
    })
  })

  test('wrong arguments do not compile', () => {
    assertType<Code>(() => {
      // @ts-expect-error a number is no url
      void fetchPage(5)
      // @ts-expect-error the url is missing
      void fetchPage()
    })
  })

  test('a function that is neither async nor a generator does not compile', () => {
    assertType<Code>(() => {
      // @ts-expect-error a number is no promise
      coroutine(() => 5)
      // @ts-expect-error nor is nothing
      coroutine(() => {})
    })
  })

  test('a Coroutine is a PromiseLike and an Iterable, but no Iterator and no Promise', () => {
    expectTypeOf<Coroutine<number>>().toExtend<PromiseLike<number>>()
    expectTypeOf<Coroutine<number>>().toExtend<Iterable<Suspension, number, unknown>>()
    expectTypeOf<Coroutine<number>>().not.toExtend<Iterator<unknown>>()
    expectTypeOf<Coroutine<number>>().not.toExtend<Promise<number>>()
    assertType<Code>(() => {
      // @ts-expect-error it can't be stepped by hand
      countWords().next()
      // @ts-expect-error and is no iterator helper
      countWords().map((word) => word)
    })
  })
})

describe('generators', () => {
  test('a forgotten star does not compile where a coroutine is wanted', () => {
    assertType<Code>(() => {
      // @ts-expect-error `yield sleep(1)` for `yield* sleep(1)`
      coroutine(function* () {
        yield sleep(1)
      })
      // @ts-expect-error the same for a task
      createTask(function* () {
        yield countWords()
      })
      // @ts-expect-error and for a task of a generator
      createTask(function* () {
        yield createTask(sleep(1))
      })
    })
  })

  test('a bare yield, and one of anything else, does not compile', () => {
    assertType<Code>(() => {
      // @ts-expect-error a yield of nothing
      coroutine(function* () {
        yield
      })
      // @ts-expect-error a yield of a promise
      coroutine(function* () {
        yield Promise.resolve()
      })
      // @ts-expect-error a yield of a number
      createTask(function* () {
        yield 5
      })
      // @ts-expect-error a yield inside a generator that is run
      void run(function* () {
        yield 5
      })
    })
  })

  test('yield* over a promise does not compile', () => {
    assertType<Code>(function* () {
      // @ts-expect-error a promise is no iterable: ensureFuture(promise) is
      yield* Promise.resolve(1)
      expectTypeOf(yield* ensureFuture(Promise.resolve(1))).toBeNumber()
    })
  })

  test('raw generators and methods keep their result', () => {
    class Counter {
      *next(by: number) {
        yield* sleep(by)
        return by
      }
    }
    assertType<Code>(function* () {
      expectTypeOf(yield* new Counter().next(1)).toBeNumber()
      expectTypeOf(createTask(new Counter().next(1))).toEqualTypeOf<Task<number>>()
    })
  })

  test('a recursive one may be annotated by what it yields', () => {
    const depth = coroutine(function* (n: number): Generator<Suspension, number, never> {
      return n === 0 ? 0 : 1 + (yield* depth(n - 1))
    })
    expectTypeOf(depth).returns.toEqualTypeOf<Coroutine<number>>()
    expect(runSync(depth(3))).toBe(3)
  })
})
