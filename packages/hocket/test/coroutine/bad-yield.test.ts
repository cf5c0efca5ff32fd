import { coroutine, createTask, greenlet, RuntimeError, type Suspension, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const star = 'write yield* for an awaitable, and wrap a promise by ensureFuture(promise)'
const only = 'it can only yield* awaitables; give way by yield* sleep(0)'

// What a generator yields is typed; here it is what somebody without types would write.
const wrong: [string, () => unknown, string, string][] = [
  ['nothing', () => undefined, 'undefined', only],
  ['null', () => null, 'null', only],
  ['a number', () => 5, 'a number', only],
  ['an object', () => ({}), 'an Object', only],
  ['a promise', () => Promise.resolve(), 'a Promise', star],
  ['a coroutine', () => givenUp(), 'a Sleep', star],
  ['an array', () => [1], 'an Array', star],
  ['a function', () => () => {}, 'a function', only],
]

function givenUp() {
  const call = sleep(1)
  call.close()
  return call
}

describe.each(wrong)('a bare yield of %s', (_name, make, got, hint) => {
  const error = new RuntimeError(`a generator coroutine yielded ${got}: ${hint}`, {
    code: 'ERR_BAD_YIELD',
  })
  const body = function* (): Generator<Suspension, string, never> {
    yield make() as Suspension
    return 'went on'
  }

  test('is thrown into the coroutine, from a task and from behind an await', async () => {
    const errors = await runVirtual(async () => [
      await errorOf(createTask(body())),
      await errorOf(createTask(coroutine(body)())),
      await errorOf((async () => await coroutine(body)())()),
    ])
    expect(errors).toEqual([error, error, error])
    expect(errors[0]).toMatchObject({ code: 'ERR_BAD_YIELD' })
  })

  test('can be caught, and the coroutine goes on', async () => {
    const result = await runVirtual(function* (): Generator<Suspension, string, never> {
      try {
        yield make() as Suspension
      } catch (error) {
        yield* sleep(1)
        return (error as Error).name
      }
      return 'not thrown'
    })
    expect(result).toBe('RuntimeError')
  })
})

test('the yield of a coroutine deep below names the coroutines above it', async () => {
  const inner = coroutine(function* inner() {
    yield 5 as never
  })
  const outer = coroutine(function* outer() {
    yield* inner()
  })
  const error = await errorOf(runVirtual(outer()))
  expect(error.stack).toMatch(/at coroutine inner\n\s+at coroutine outer$/)
})

test('a greenlet’s switch is no suspension of a task', async () => {
  const other = greenlet(function* () {})
  const error = await errorOf(
    runVirtual(function* () {
      yield* other.switch() as Iterable<never>
    }),
  )
  expect(error).toMatchObject({ code: 'ERR_BAD_YIELD' })
})
