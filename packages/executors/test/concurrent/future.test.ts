import { concurrent } from '@hocket/executors'
import { createTask, InvalidStateError, run, sleep, TimeoutError } from 'hocket'
import { expect, test } from 'vitest'
import { failureOf } from '../support/jobs.ts'

const { Future } = concurrent

test('it goes from pending through running to a result', async () => {
  const future = new Future<number>()
  expect([future.running(), future.done(), future.cancelled()]).toEqual([false, false, false])
  expect(future.setRunningOrNotifyCancel()).toBe(true)
  expect(future.running()).toBe(true)
  expect(future.cancel()).toBe(false)
  expect(future.cancel({ interrupt: true })).toBe(false)
  future.setResult(1)
  expect([future.running(), future.done()]).toEqual([false, true])
  expect(future.cancel()).toBe(false)
  expect(await future).toBe(1)
  expect(future.resultSync()).toBe(1)
  expect(await future.exception()).toBe(null)
})

test('a pending one is cancelled at once, and must not begin', async () => {
  const future = new Future<number>()
  let calls = 0
  future.addDoneCallback(() => (calls += 1))
  expect(future.cancel()).toBe(true)
  expect(future.cancel()).toBe(true)
  expect(calls).toBe(1)
  expect([future.cancelled(), future.done()]).toEqual([true, true])
  expect(future.setRunningOrNotifyCancel()).toBe(false)
  expect(future.cancelled()).toBe(true)
  expect((await failureOf(future)).name).toBe('CancelledError')
  expect((await failureOf(future.exception())).name).toBe('CancelledError')
  expect(() => future.setResult(1)).toThrow(InvalidStateError)
})

test('what is done stays as it is', () => {
  const future = new Future<number>()
  future.setException(new RangeError('no'))
  expect(() => future.setResult(1)).toThrow(InvalidStateError)
  expect(() => future.setException(new Error())).toThrow(InvalidStateError)
  expect(() => future.setRunningOrNotifyCancel()).toThrow(InvalidStateError)
  expect(() => future.resultSync()).toThrow(RangeError)
})

test('the result of a pending one can not be had at once', () => {
  expect(() => new Future().resultSync()).toThrow(InvalidStateError)
})

test('callbacks run in their order, in the turn that completes it, and at once behind it', () => {
  const future = new Future<string>()
  const log: string[] = []
  future.addDoneCallback(() => log.push('a'))
  const removed = () => log.push('never')
  future.addDoneCallback(removed)
  future.addDoneCallback((same) => log.push(same === future ? 'b' : '?'))
  expect(future.removeDoneCallback(removed)).toBe(1)
  future.setResult('x')
  future.addDoneCallback(() => log.push('c'))
  expect(log).toEqual(['a', 'b', 'c'])
  expect(() => future.addDoneCallback(1 as never)).toThrow(TypeError)
})

test('result and exception wait for their time', async () => {
  const future = new Future<number>()
  expect(await failureOf(future.result({ timeout: 1 }))).toBeInstanceOf(TimeoutError)
  expect(await failureOf(future.exception({ timeout: 1 }))).toBeInstanceOf(TimeoutError)
  const exception = future.exception({ timeout: 60_000 })
  const result = future.result({ timeout: 60_000 })
  future.setException(new RangeError('no'))
  expect(await exception).toBeInstanceOf(RangeError)
  expect(await failureOf(result)).toBeInstanceOf(RangeError)
})

test('a task that awaits it is resumed by its loop, and takes its cancellation along', async () => {
  await run(async () => {
    const first = new Future<number>()
    const task = createTask(function* () {
      return yield* first
    })
    await sleep(0)
    first.setResult(5)
    expect(await task).toBe(5)

    const second = new Future<number>()
    const waiting = createTask(async () => await second)
    await sleep(0)
    waiting.cancel()
    await failureOf(waiting)
    expect(second.cancelled()).toBe(true)

    const running = new Future<number>()
    running.setRunningOrNotifyCancel()
    const walker = createTask(async () => await running)
    await sleep(0)
    walker.cancel()
    await failureOf(walker)
    expect(running.running()).toBe(true)
  })
})
