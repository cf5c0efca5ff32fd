import { CancelledError, coroutine, createTask, type Suspension, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

/** The coroutines that the stack of `error` names, from the innermost. */
const namesIn = (error: Error) =>
  [...(error.stack ?? '').matchAll(/at coroutine (\S+)/g)].map((match) => match[1])

const fails = {
  async: coroutine(async function inner() {
    await sleep(1)
    throw new RangeError('failed')
  }),
  generator: coroutine(function* inner() {
    yield* sleep(1)
    throw new RangeError('failed')
  }),
}

const passes = {
  async: (next: () => PromiseLike<void>) =>
    coroutine(async function middle() {
      await next()
    }),
  generator: (next: () => Iterable<never, void>) =>
    coroutine(function* middle() {
      yield* next()
    }),
}

const spellings = ['async', 'generator'] as const
const mixtures = spellings.flatMap((middle) => spellings.map((inner) => [middle, inner] as const))

describe.each(mixtures)('an error that leaves %s > %s', (middle, inner) => {
  const next = passes[middle](fails[inner] as never)

  test('names each coroutine on its way, in a generator', async () => {
    const outer = coroutine(function* outer() {
      yield* next()
    })
    const error = await errorOf(runVirtual(outer()))
    expect(namesIn(error)).toEqual(['inner', 'middle', 'outer'])
  })

  test('names each coroutine on its way, in an async function', async () => {
    const outer = coroutine(async function outer() {
      await next()
    })
    const error = await errorOf(runVirtual(outer()))
    expect(namesIn(error)).toEqual(['inner', 'middle', 'outer'])
  })

  test('keeps the place where it was thrown first', async () => {
    const error = await errorOf(runVirtual(next()))
    expect(error.stack).toMatch(/^RangeError: failed\n\s+at .*inner.*stack-trace\.test\.ts/)
  })
})

describe('the names in a stack', () => {
  test('are added once for each coroutine, however often it is awaited again', async () => {
    const error = await runVirtual(async () => {
      const task = createTask(fails.generator())
      await errorOf(task)
      await errorOf(task)
      return await errorOf(task)
    })
    expect(namesIn(error)).toEqual(['inner'])
  })

  test('are not added when the error is caught on the way', async () => {
    const rescuing = coroutine(function* rescuing() {
      try {
        yield* fails.generator()
      } catch (error) {
        return error as Error
      }
      throw new Error('not reached')
    })
    expect(namesIn(await runVirtual(rescuing()))).toEqual(['inner'])
  })

  test('end after 50, and say so', async () => {
    const deep = coroutine(function* (n: number): Generator<Suspension, void, never> {
      if (n === 0) yield* fails.generator()
      yield* deep(n - 1)
    })
    const error = await errorOf(runVirtual(deep(200)))
    expect(namesIn(error)).toHaveLength(50)
    expect(error.stack).toMatch(/… and further coroutines$/)
  })

  test('of calls that have not suspended are in the native stack', async () => {
    const deep = coroutine(function* depth(n: number): Generator<Suspension, void, never> {
      if (n === 0) throw new RangeError('failed')
      yield* deep(n - 1)
    })
    const error = await errorOf(runVirtual(deep(3)))
    expect(error.stack?.match(/at depth \(/g)?.length).toBeGreaterThanOrEqual(4)
    expect(namesIn(error)).toEqual(['depth'])
  })

  test('do not get in the way of an error that cannot be changed', async () => {
    const error: RangeError = Object.freeze(new RangeError('frozen'))
    const failing = coroutine(function* failing() {
      yield* sleep(0)
      throw error
    })
    expect(await errorOf(runVirtual(failing()))).toBe(error)
  })

  test('spare what is no error', async () => {
    const failing = coroutine(function* failing() {
      yield* sleep(0)
      throw 'text' as unknown as Error
    })
    expect(await errorOf(runVirtual(failing()))).toBe('text')
  })

  test('spare a cancellation, which passes through by the thousand', async () => {
    const error = await runVirtual(async () => {
      const sleeper = coroutine(function* sleeper() {
        yield* sleep(100)
      })
      const task = createTask(sleeper())
      await sleep(1)
      task.cancel()
      return await errorOf(task)
    })
    expect(error).toBeInstanceOf(CancelledError)
    expect(namesIn(error)).toEqual([])
  })

  test('say the name of a generator function that is a task by itself', async () => {
    const error = await errorOf(
      runVirtual(function* crawl() {
        yield* sleep(1)
        throw new RangeError('failed')
      }),
    )
    expect(namesIn(error)).toEqual(['crawl'])
  })
})
