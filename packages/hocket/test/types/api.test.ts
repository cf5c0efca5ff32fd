// The compiler checks this file with all others of its project; that it compiles is most of the test.
import {
  type Awaitable,
  abandonable,
  abortable,
  ContextVar,
  type Coroutine,
  coroutine,
  createTask,
  type EventLoop,
  ensureFuture,
  Future,
  type Greenlet,
  greenlet,
  mainGreenlet,
  Runner,
  run,
  runSync,
  type Suspension,
  sleep,
  type Task,
  type TaskSource,
  use,
} from 'hocket'
import { assertType, describe, expectTypeOf, test } from 'vitest'

/** Code that is there for the compiler alone. */
type Code = (loop: EventLoop) => unknown

const countWords = coroutine(function* (...words: string[]) {
  yield* sleep(1)
  return words.length
})

describe('createTask', () => {
  test('knows the result from each kind of source', () => {
    assertType<Code>(() => {
      expectTypeOf(createTask(countWords())).toEqualTypeOf<Task<number>>()
      expectTypeOf(createTask(async () => 'text')).toEqualTypeOf<Task<string>>()
      expectTypeOf(createTask(() => countWords())).toEqualTypeOf<Task<number>>()
      expectTypeOf(createTask(sleep(1, 'text'))).toEqualTypeOf<Task<string>>()
      expectTypeOf(createTask(sleep(1))).toEqualTypeOf<Task<void>>()
      const task = createTask(function* () {
        const words = yield* countWords()
        return [words, 'words'] as const
      })
      expectTypeOf(task).toEqualTypeOf<Task<readonly [number, 'words']>>()
    })
  })

  test('takes no promise: what it stands for is running already', () => {
    assertType<Code>((loop) => {
      const download = async () => 'text'
      // @ts-expect-error a promise of an async function that has been called
      createTask(download())
      // @ts-expect-error the same on the loop
      loop.createTask(Promise.resolve(1))
      // @ts-expect-error and for run
      void run(download())
      // @ts-expect-error and for a runner
      void new Runner().run(download())
      createTask(download)
      createTask(() => download())
    })
  })

  test('takes neither a future nor a task', () => {
    assertType<Code>((loop) => {
      // @ts-expect-error a future is under way already
      createTask(loop.createFuture<number>())
      // @ts-expect-error a task is, too
      createTask(createTask(sleep(1)))
    })
  })

  test('takes no function with parameters', () => {
    assertType<Code>(() => {
      // @ts-expect-error nobody would give it a url
      createTask(async (url: string) => url)
    })
  })
})

describe('futures', () => {
  test('take and give their type', () => {
    assertType<Code>(async (loop) => {
      const future = loop.createFuture<number>()
      future.setResult(5)
      // @ts-expect-error a string is no number
      future.setResult('text')
      expectTypeOf(await future).toBeNumber()
      expectTypeOf(future.result()).toBeNumber()
      expectTypeOf(future.exception()).toBeUnknown()
      new Future<void>().setResult()
    })
  })

  test('hand themselves to their callbacks', () => {
    assertType<Code>((loop) => {
      loop.createFuture<number>().addDoneCallback((done) => {
        expectTypeOf(done.result()).toBeNumber()
      })
      createTask(sleep(1, 'text')).addDoneCallback((done) => {
        expectTypeOf(done.getName()).toBeString()
      })
    })
  })

  test('chain as promises do', () => {
    assertType<Code>(async (loop) => {
      const future = loop.createFuture<number>()
      expectTypeOf(await future.then((value) => `${value}`)).toBeString()
      expectTypeOf(
        await future.then(
          () => 1,
          () => 'text',
        ),
      ).toEqualTypeOf<number | string>()
    })
  })

  test('tuples of awaitables keep the type of each', () => {
    assertType<Code>(async (loop) => {
      const all = await Promise.all([countWords(), sleep(1, 'x'), loop.createFuture<boolean>()])
      expectTypeOf(all).toEqualTypeOf<[number, string, boolean]>()
      expectTypeOf(await Promise.race([countWords(), sleep(1, 'x')])).toEqualTypeOf<
        number | string
      >()
    })
  })
})

describe('helpers', () => {
  test('sleep gives its result, or nothing', () => {
    expectTypeOf(sleep).toBeCallableWith(5)
    assertType<Code>(() => {
      expectTypeOf(sleep(1)).toEqualTypeOf<Coroutine<void>>()
      expectTypeOf(sleep(1, 'x')).toEqualTypeOf<Coroutine<string>>()
      expectTypeOf(sleep(1, undefined)).toEqualTypeOf<Coroutine<undefined>>()
      // @ts-expect-error the delay is a number of milliseconds
      void sleep('1')
    })
  })

  test('use gives the resource, opened or awaited', () => {
    const open = coroutine(async () => ({ id: 5, [Symbol.asyncDispose]: async () => {} }))
    assertType<Code>(function* () {
      expectTypeOf((yield* use(open())).id).toBeNumber()
      expectTypeOf((yield* use(open().then((made) => made))).id).toBeNumber()
      const maybe = null as null | { name: string; [Symbol.dispose](): void }
      expectTypeOf((yield* use(maybe))?.name).toEqualTypeOf<string | undefined>()
      // @ts-expect-error a number can't be closed
      yield* use(5)
      // @ts-expect-error nor can an object without a dispose method
      yield* use({ id: 5 })
    })
  })

  test('run, runSync and Runner give what main gives', () => {
    assertType<Code>(async () => {
      expectTypeOf(run(countWords())).toEqualTypeOf<Promise<number>>()
      expectTypeOf(run(async () => 'x')).toEqualTypeOf<Promise<string>>()
      expectTypeOf(new Runner().run(function* () {})).toEqualTypeOf<Promise<void>>()
      expectTypeOf(runSync(countWords())).toBeNumber()
    })
  })

  test('the bridges keep the type of the promise', () => {
    assertType<Code>(() => {
      expectTypeOf(abortable(async (_signal) => 5)).toEqualTypeOf<Future<number>>()
      expectTypeOf(abortable).parameter(0).parameter(0).toEqualTypeOf<AbortSignal>()
      expectTypeOf(abandonable(Promise.resolve('x'))).toEqualTypeOf<Future<string>>()
      expectTypeOf(ensureFuture(countWords())).toEqualTypeOf<Future<number>>()
      // @ts-expect-error it takes a function, not a promise
      void abortable(Promise.resolve(1))
    })
  })

  test('Awaitable and TaskSource are what they take', () => {
    expectTypeOf<Promise<number>>().toExtend<Awaitable<number>>()
    expectTypeOf<Coroutine<number>>().toExtend<Awaitable<number>>()
    expectTypeOf<Task<number>>().toExtend<Awaitable<number>>()
    expectTypeOf<Generator<Suspension, number>>().toExtend<Awaitable<number>>()
    expectTypeOf<() => Promise<number>>().toExtend<TaskSource<number>>()
    expectTypeOf<Promise<number>>().not.toExtend<TaskSource<number>>()
  })

  test('a ContextVar has a type', () => {
    const user = new ContextVar<string>('user')
    assertType<Code>(() => {
      expectTypeOf(user.get()).toBeString()
      user.reset(user.set('ada'))
      // @ts-expect-error a number is no string
      user.set(5)
      // @ts-expect-error nor is it as a fallback
      user.get(5)
      // @ts-expect-error the token of another variable's type
      user.reset(new ContextVar<number>('n').set(5))
    })
  })

  test('a greenlet yields switches only', () => {
    assertType<Code>(() => {
      expectTypeOf(
        greenlet(function* (n: number) {
          yield* mainGreenlet.switch(n)
        }),
      ).toEqualTypeOf<Greenlet>()
      // @ts-expect-error a suspension of a task is no switch
      greenlet(function* () {
        yield* sleep(1)
      })
      // @ts-expect-error a forgotten star
      greenlet(function* () {
        yield mainGreenlet.switch()
      })
    })
  })
})
