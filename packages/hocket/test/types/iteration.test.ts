// The compiler checks this file with all others of its project; that it compiles is most of the test.
import {
  AsyncExitStack,
  type AsyncGeneratorObject,
  aclosing,
  aiter,
  anext,
  asynccontextmanager,
  asyncGenerator,
  type Coroutine,
  createTask,
  type EventLoop,
  exitStack,
  type GeneratorContextManager,
  run,
  runSync,
  type Suspension,
  sleep,
  type Task,
} from 'hocket'
import { assertType, describe, expect, expectTypeOf, test } from 'vitest'

/** Code that is there for the compiler alone. */
type Code = (loop: EventLoop) => unknown

const framed = asyncGenerator(function* (count: number, name?: string) {
  yield* sleep(1)
  yield count
  if (name !== undefined) yield name
  return true
})
const native = asyncGenerator(async function* (count: number, name?: string) {
  await sleep(1)
  yield count
  if (name !== undefined) yield name
  return true
})

describe('async generators', () => {
  test('keep parameters, values and result, in both spellings', () => {
    expectTypeOf(framed).parameters.toEqualTypeOf<[count: number, name?: string | undefined]>()
    expectTypeOf(native).parameters.toEqualTypeOf<[count: number, name?: string | undefined]>()
    assertType<Code>(async () => {
      for await (const value of framed(1)) expectTypeOf(value).toEqualTypeOf<string | number>()
      for await (const value of native(1)) expectTypeOf(value).toEqualTypeOf<string | number>()
      expectTypeOf(await framed(1).next()).toEqualTypeOf<IteratorResult<string | number, boolean>>()
      expectTypeOf(await native(1).next()).toEqualTypeOf<IteratorResult<string | number, boolean>>()
    })
    assertType<Code>(function* () {
      expectTypeOf(yield* framed(1).next()).toEqualTypeOf<
        IteratorResult<string | number, boolean>
      >()
      yield* native(1).aclose()
    })
  })

  test('are what the types of async iteration ask for', () => {
    expectTypeOf<AsyncGeneratorObject<number>>().toExtend<AsyncIterable<number>>()
    expectTypeOf<AsyncGeneratorObject<number>>().toExtend<AsyncGenerator<number>>()
    expectTypeOf<AsyncGeneratorObject<number>>().toExtend<AsyncDisposable>()
    assertType<Code>(async function* () {
      expectTypeOf(yield* framed(1)).toBeBoolean()
    })
  })

  test('their requests are coroutines for createTask and run', () => {
    assertType<Code>(() => {
      expectTypeOf(createTask(framed(1).aclose())).toEqualTypeOf<Task<void>>()
      void run(native(1).next())
    })
  })

  test('a forgotten star does not compile', () => {
    assertType<Code>(() => {
      // @ts-expect-error a coroutine is awaited by yield*
      asyncGenerator(function* () {
        yield sleep(1)
      })
    })
  })

  test('a Task may be produced', () => {
    assertType<Code>(() => {
      const tasks = asyncGenerator(function* () {
        yield createTask(sleep(1, 'x'))
      })
      expectTypeOf(tasks()).toEqualTypeOf<AsyncGeneratorObject<Task<string>, void, unknown>>()
    })
  })

  test('a function that gives no generator does not compile', () => {
    assertType<Code>(() => {
      // @ts-expect-error an async function gives a promise
      asyncGenerator(async () => 5)
      // @ts-expect-error nor is this one
      asyncGenerator(() => 5)
    })
  })
})

describe('aiter and anext', () => {
  test('know the values of all kinds of iterators', () => {
    assertType<Code>(function* () {
      expectTypeOf(yield* anext(framed(1))).toEqualTypeOf<string | number>()
      expectTypeOf(yield* anext(aiter(framed(1)), null)).toEqualTypeOf<string | number | null>()
      expectTypeOf(yield* anext(aiter([1]))).toEqualTypeOf<number>()
      expectTypeOf(yield* anext(aiter(new Set(['a'])), 5)).toEqualTypeOf<string | number>()
      expectTypeOf(yield* anext(aiter({} as AsyncIterable<Date>))).toEqualTypeOf<Date>()
      expectTypeOf(yield* anext({} as AsyncIterator<Date>)).toEqualTypeOf<Date>()
      expectTypeOf(aiter(framed(1)).aclose()).toExtend<Coroutine<void>>()
    })
  })

  test('what cannot be iterated does not compile', () => {
    assertType<Code>(() => {
      // @ts-expect-error a number is not iterable
      aiter(5)
      // @ts-expect-error an iterable is no iterator
      void anext([1])
    })
  })
})

describe('context managers', () => {
  const plain = asynccontextmanager(function* (name: string) {
    yield* sleep(1)
    yield name.length
  })
  const asynchronous = asynccontextmanager(async function* (name: string) {
    yield name.length
  })

  test('keep parameters and value', () => {
    expectTypeOf(plain).toEqualTypeOf<(name: string) => GeneratorContextManager<number>>()
    expectTypeOf(asynchronous).toEqualTypeOf<(name: string) => GeneratorContextManager<number>>()
    assertType<Code>(async () => {
      expectTypeOf(await plain('x').run(async (value) => String(value))).toEqualTypeOf<
        string | undefined
      >()
      expectTypeOf(
        await plain('x').run(function* (value): Generator<Suspension, number> {
          yield* sleep(1)
          return value
        }),
      ).toEqualTypeOf<number | undefined>()
      await using opened = await plain('x').open()
      expectTypeOf(opened.value).toBeNumber()
    })
  })

  test('aclosing() keeps the thing, and its run() the result', () => {
    assertType<Code>(async () => {
      expectTypeOf(
        await aclosing(framed(1)).run(async (agen) => (await agen.next()).done),
      ).toEqualTypeOf<boolean | undefined>()
      // @ts-expect-error it can't be closed
      aclosing({})
    })
  })

  test('an AsyncExitStack gives what each context is entered for', () => {
    assertType<Code>(async () => {
      const stack = new AsyncExitStack()
      expectTypeOf(await stack.enterAsyncContext(plain('x'))).toBeNumber()
      const agen = framed(1)
      expectTypeOf(await stack.enterAsyncContext(aclosing(agen))).toEqualTypeOf(agen)
      expectTypeOf(await stack.enterAsyncContext(agen)).toEqualTypeOf(agen)
      expectTypeOf(await stack.enterAsyncContext(plain('x').open())).toHaveProperty('value')
      expectTypeOf(stack.pushAsyncCallback(sleep, 5)).toEqualTypeOf(sleep)
      expectTypeOf(await exitStack(async (inner) => inner === stack)).toEqualTypeOf<
        boolean | undefined
      >()
      // @ts-expect-error nothing says how to leave it
      await stack.enterAsyncContext({})
      // @ts-expect-error the callback wants a number
      stack.callback((x: number) => x, 'x')
    })
  })
})

test('and it runs', () => {
  const once = asyncGenerator(function* () {
    yield* sleep(0)
    yield 5
  })
  expect(runSync(aclosing(once()).run((agen) => anext(agen)))).toBe(5)
})
