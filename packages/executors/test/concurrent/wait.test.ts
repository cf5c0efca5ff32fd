import { concurrent } from '@hocket/executors'
import { run, TimeoutError } from 'hocket'
import { expect, test } from 'vitest'
import { failureOf } from '../support/jobs.ts'

const { Future, wait, asCompleted } = concurrent

// Futures are iterable, for `yield*`, which the runner's way to compare takes for collections.
const indexes = (futures: Iterable<unknown>, all: unknown[]) =>
  Array.from(futures, (future) => all.indexOf(future))
const some = (count: number) => Array.from({ length: count }, () => new Future<number>())

test('wait gives all of them when all are done', async () => {
  const [a, b] = some(2) as [Future<number>, Future<number>]
  const waiting = wait([a, b, a])
  a.setResult(1)
  expect(waiting.done()).toBe(false)
  b.setException(new RangeError('no'))
  const { done, notDone } = await waiting
  expect(indexes(done, [a, b])).toEqual([0, 1])
  expect(notDone.size).toBe(0)
  expect((await wait([])).done.size).toBe(0)
})

test('wait ends at the first one, or at the first failure', async () => {
  const [a, b, c] = some(3) as [Future<number>, Future<number>, Future<number>]
  const first = wait([a, b, c], { returnWhen: concurrent.FIRST_COMPLETED })
  const failure = wait([a, b, c], { returnWhen: concurrent.FIRST_EXCEPTION })
  a.setResult(1)
  expect(indexes((await first).notDone, [a, b, c])).toEqual([1, 2])
  expect(failure.done()).toBe(false)
  b.setException(new RangeError('no'))
  expect(indexes((await failure).done, [a, b, c])).toEqual([0, 1])
  expect((await wait([b, c], { returnWhen: concurrent.FIRST_EXCEPTION })).notDone.size).toBe(1)
  expect(() => wait([a], { returnWhen: 'sometime' as never })).toThrow(RangeError)
})

test('a cancelled one is done, and no failure', async () => {
  const [a, b] = some(2) as [Future<number>, Future<number>]
  const failure = wait([a, b], { returnWhen: concurrent.FIRST_EXCEPTION })
  a.cancel()
  expect(failure.done()).toBe(false)
  b.setResult(1)
  expect((await failure).notDone.size).toBe(0)
})

test('the time limit of wait is no error', async () => {
  const [a, b] = some(2) as [Future<number>, Future<number>]
  a.setResult(1)
  const { done, notDone } = await wait([a, b], { timeout: 1 })
  expect([indexes(done, [a, b]), indexes(notDone, [a, b])]).toEqual([[0], [1]])
})

test('asCompleted gives the futures in the order in which they complete', async () => {
  const [a, b, c] = some(3) as [Future<number>, Future<number>, Future<number>]
  b.setResult(2)
  const completed = asCompleted([a, b, c, b])
  c.cancel()
  a.setException(new RangeError('no'))
  const seen: unknown[] = []
  for await (const future of completed) seen.push(future)
  expect(indexes(seen, [a, b, c])).toEqual([1, 2, 0])
})

test('asCompleted gives results to generators', async () => {
  const futures = some(2)
  const results = await run(function* () {
    const seen: number[] = []
    const completed = asCompleted(futures)
    futures[1]?.setResult(2)
    futures[0]?.setResult(1)
    for (const next of completed) seen.push(yield* next)
    return seen
  })
  expect(results).toEqual([2, 1])
})

test('asCompleted says how many are missing when its time is over', async () => {
  const [a, b] = some(2) as [Future<number>, Future<number>]
  a.setResult(1)
  const consume = async () => {
    for await (const future of asCompleted([a, b], { timeout: 1 }))
      expect(indexes([future], [a])).toEqual([0])
  }
  const error = await failureOf(consume())
  expect(error).toBeInstanceOf(TimeoutError)
  expect(error.message).toContain('1 (of 2)')
})

type Future<T> = InstanceType<typeof concurrent.Future<T>>
