import { coroutine, createTask, type Suspension, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

type Deep = Generator<Suspension, number, never>

// The native stack holds some ten thousand calls.
const DEEP = 1_000_000
const DEEPER_THAN_THE_STACK = 100_000

describe('a recursion of generator coroutines', { timeout: 60_000 }, () => {
  test('of calls that do not suspend may be a million deep', async () => {
    const depth = coroutine(function* (n: number): Deep {
      return n === 0 ? 0 : 1 + (yield* depth(n - 1))
    })
    expect(await runVirtual(depth(DEEP))).toBe(DEEP)
  })

  test('of calls that suspend may be a million deep', async () => {
    const depth = coroutine(function* (n: number): Deep {
      if (n === 0) {
        yield* sleep(1)
        return 0
      }
      return 1 + (yield* depth(n - 1))
    })
    expect(await runVirtual(depth(DEEP))).toBe(DEEP)
  })

  test('where each suspends on its way down and up', async () => {
    const depth = coroutine(function* (n: number): Deep {
      yield* sleep(0)
      const result: number = n === 0 ? 0 : 1 + (yield* depth(n - 1))
      yield* sleep(0)
      return result
    })
    expect(await runVirtual(depth(20_000))).toBe(20_000)
  })

  test('is left by an error from the bottom', async () => {
    const depth = coroutine(function* (n: number): Deep {
      if (n === 0) throw new RangeError('bottom')
      return 1 + (yield* depth(n - 1))
    })
    expect(await errorOf(runVirtual(depth(DEEPER_THAN_THE_STACK)))).toEqual(
      new RangeError('bottom'),
    )
  })

  test('is left by a cancellation from the bottom, through each finally', async () => {
    let left = 0
    const depth = coroutine(function* (n: number): Deep {
      try {
        if (n === 0) yield* sleep(100)
        return n === 0 ? 0 : 1 + (yield* depth(n - 1))
      } finally {
        left += 1
      }
    })
    const cancelled = await runVirtual(async () => {
      const task = createTask(depth(DEEPER_THAN_THE_STACK))
      await sleep(1)
      task.cancel()
      await errorOf(task)
      return task.cancelled()
    })
    expect([cancelled, left]).toEqual([true, DEEPER_THAN_THE_STACK + 1])
  })

  test('runs in a strand below an async function as well', async () => {
    const depth = coroutine(function* (n: number): Deep {
      if (n === 0) yield* sleep(1)
      return n === 0 ? 0 : 1 + (yield* depth(n - 1))
    })
    const main = async () => (await depth(DEEPER_THAN_THE_STACK)) + (await depth(10))
    expect(await runVirtual(main)).toBe(DEEPER_THAN_THE_STACK + 10)
  })

  test('shows its whole stack', async () => {
    const lengths = await runVirtual(async () => {
      const waiting = coroutine(function* (n: number): Deep {
        if (n === 0) yield* sleep(100)
        return n === 0 ? 0 : yield* waiting(n - 1)
      })
      const task = createTask(waiting(500))
      await sleep(1)
      const { length } = task.getStack()
      task.cancel()
      return length
    })
    expect(lengths).toBe(501)
  })
})

test('many calls in a row that fail inside one step are no recursion', async () => {
  const failing = coroutine(function* (isFailing: boolean) {
    if (isFailing) throw new RangeError('failed')
    yield* sleep(0)
  })
  const caught = await runVirtual(function* () {
    let count = 0
    for (let call = 0; call < 5000; call += 1) {
      try {
        yield* failing(true)
      } catch {
        count += 1
      }
    }
    return count
  })
  expect(caught).toBe(5000)
})
