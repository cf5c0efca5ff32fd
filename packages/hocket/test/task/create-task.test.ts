import {
  Context,
  ContextVar,
  coroutine,
  createTask,
  getRunningLoop,
  isFuture,
  sleep,
  Task,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const nativeCoroutine = coroutine(async (value: string) => {
  await sleep(1)
  return value
})
const generatorCoroutine = coroutine(function* (value: string) {
  yield* sleep(1)
  return value
})
const rawGenerator = function* (value: string) {
  yield* sleep(1)
  return value
}

describe('what createTask takes', () => {
  const sources: [string, () => Parameters<typeof createTask<string>>[0]][] = [
    ['a coroutine of an async function', () => nativeCoroutine('x')],
    ['a coroutine of a generator function', () => generatorCoroutine('x')],
    ['a generator', () => rawGenerator('x')],
    ['an async function', () => async () => await nativeCoroutine('x')],
    ['a generator function', () => () => rawGenerator('x')],
    ['a function that gives a coroutine', () => () => nativeCoroutine('x')],
    ['a function that gives a generator coroutine', () => () => generatorCoroutine('x')],
    ['a function that gives a sleep', () => () => sleep(1, 'x')],
    ['a function that gives a promise of its own', () => () => Promise.resolve('x')],
    ['a function that gives a task', () => () => createTask(sleep(1, 'x'))],
  ]

  test.each(sources)('%s', async (_name, make) => {
    const result = await runVirtual(async () => {
      const task = createTask(make())
      expect([task instanceof Task, isFuture(task), task.done()]).toEqual([true, true, false])
      return await task
    })
    expect(result).toBe('x')
  })

  test.each(sources)('%s, which is then cancelled before its first step', async (_name, make) => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const task = createTask(make())
      task.cancel()
      await errorOf(task)
      expect(task.cancelled()).toBe(true)
    }, loop)
    expect(reports).toEqual([])
  })

  test.each(['body', '_call'])('a promise that has a property %s', async (property) => {
    const result = await runVirtual(async () => {
      const task = createTask(() => Object.assign(Promise.resolve('x'), { [property]: 1 }))
      return await task
    })
    expect(result).toBe('x')
  })

  test('a function is called on nothing', async () => {
    const self = await runVirtual(async () =>
      createTask(async function (this: unknown) {
        return this
      }),
    )
    expect(self).toBe(undefined)
  })
})

describe('what createTask refuses', () => {
  const promise = Promise.resolve()
  const refused: [string, unknown, string][] = [
    [
      'a promise',
      promise,
      'expected a coroutine, got a promise, whose code is already running in the calling task: pass the function itself, or () => fn(…); wrap a foreign promise by ensureFuture(promise)',
    ],
    [
      'a thenable',
      // biome-ignore lint/suspicious/noThenProperty: a thenable of somebody else's
      { then() {} },
      'expected a coroutine, got a promise, whose code is already running',
    ],
    [
      'undefined',
      undefined,
      'expected a coroutine, a generator or a function that gives one, got undefined',
    ],
    ['null', null, 'got null'],
    ['a number', 5, 'got a number'],
    ['a string', 'x', 'got a string'],
    ['an array', [], 'got an Array'],
    ['an iterator that is no generator', [1][Symbol.iterator](), 'got an'],
  ]

  test.each(refused)('%s', async (_name, source, message) => {
    await runVirtual(async () => {
      const before = getRunningLoop()._tasks
      expect(() => createTask(source as never)).toThrow(TypeError)
      expect(() => createTask(source as never)).toThrow(message)
      expect([...before]).toHaveLength(1)
    })
  })

  test('an async generator, and says that it is one', async () => {
    await runVirtual(async () => {
      const source = (async function* () {})()
      expect(() => createTask(source as never)).toThrow(/got an AsyncGenerator/)
    })
  })

  test('futures and tasks, which are under way already', async () => {
    await runVirtual(async () => {
      const future = getRunningLoop().createFuture()
      const task = createTask(sleep(0))
      const message = (name: string) =>
        `expected a coroutine, got a ${name}, which is under way already: await it, or pass it to ensureFuture()`
      expect(() => createTask(future as never)).toThrow(new TypeError(message('Future')))
      expect(() => createTask(task as never)).toThrow(new TypeError(message('Task')))
    })
  })

  test.each([
    [undefined, 'undefined'],
    [5, 'a number'],
    [[1], 'an Array'],
  ])('a function that gives %o: the task fails', async (value, got) => {
    const error = await runVirtual(async () => await errorOf(createTask(() => value as never)))
    expect(error).toEqual(
      new TypeError(
        `the function given as a task returned ${got}: it must be async, a generator function, or give a coroutine`,
      ),
    )
  })

  test('a function that throws at once: the task fails, not the caller', async () => {
    const error = await runVirtual(async () => {
      const task = createTask((): Promise<void> => {
        throw new RangeError('at once')
      })
      return await errorOf(task)
    })
    expect(error).toEqual(new RangeError('at once'))
  })

  test('a used coroutine: the task fails', async () => {
    const error = await runVirtual(async () => {
      const call = nativeCoroutine('x')
      await call
      return await errorOf(createTask(call))
    })
    expect(error).toMatchObject({ code: 'ERR_COROUTINE_REUSED' })
  })
})

describe('options', () => {
  test('a name, or a number of its own', async () => {
    const names = await runVirtual(async () => {
      const [a, b] = [createTask(sleep(0)), createTask(sleep(0))]
      const named = createTask(sleep(0), { name: 'named' })
      const numbers = [a, b].map((task) => Number(/^Task-(\d+)$/.exec(task.getName())?.[1]))
      const before = named.getName()
      named.setName('renamed')
      a.setName(7 as never)
      return [(numbers[1] ?? 0) - (numbers[0] ?? 0), before, named.getName(), a.getName()]
    })
    expect(names).toEqual([1, 'named', 'renamed', '7'])
  })

  test('a context, which the task works in itself', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const context = new Context()
    context.run(() => user.set('given'))
    const seen = await runVirtual(async () => {
      const log: string[] = []
      const body = function* (next: string) {
        log.push(user.get())
        yield* sleep(1)
        user.set(next)
      }
      const first = createTask(body('first'), { context })
      expect(first.getContext() === context).toBe(true)
      await first
      await createTask(
        async () => {
          log.push(user.get())
          await sleep(1)
          user.set('second')
          await Promise.resolve()
          log.push(user.get())
        },
        { context },
      )
      return [...log, user.get()]
    })
    expect(seen).toEqual(['given', 'first', 'second', 'nobody'])
    expect(context.get(user)).toBe('second')
  })

  test('without a context a task has a copy, made when it is created', async () => {
    const user = new ContextVar<string>('user')
    const seen = await runVirtual(async () => {
      user.set('at creation')
      const task = createTask(async () => {
        const before = user.get()
        user.set('inside')
        return before
      })
      user.set('afterwards')
      return [await task, user.get(), task.getContext().get(user)]
    })
    expect(seen).toEqual(['at creation', 'afterwards', 'inside'])
  })
})
