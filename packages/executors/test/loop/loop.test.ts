import {
  concurrent,
  ProcessPoolExecutor,
  runCoroutineThreadsafe,
  ThreadPoolExecutor,
  toThread,
  wrapFuture,
} from '@hocket/executors'
import { coroutine, createTask, getRunningLoop, newEventLoop, run, sleep } from 'hocket'
import { expect, test } from 'vitest'
import { user } from '../fixtures/jobs.ts'
import { failureOf, jobs } from '../support/jobs.ts'

const MINUTE = 60_000

test(
  'runInExecutor: the default executor, threads, processes',
  async () => {
    await using threads = new ThreadPoolExecutor(1)
    await using processes = new ProcessPoolExecutor(1)
    const results = await run(async () => {
      const loop = getRunningLoop()
      return [
        await loop.runInExecutor(null, jobs.add, 1, 2),
        await loop.runInExecutor(threads, jobs.add, 3, 4),
        await loop.runInExecutor(processes, jobs.add, 5, 6),
      ]
    })
    expect(results).toEqual([3, 7, 11])
  },
  MINUTE,
)

test(
  'toThread takes those context variables along that travel',
  async () => {
    const results = await run(async () => {
      user.set('ada')
      const seen = [await toThread(jobs.userName), await toThread(jobs.userLater)]
      seen.push(await getRunningLoop().runInExecutor(null, jobs.userName))
      return seen
    })
    expect(results).toEqual(['ada', 'ada', 'nobody'])
  },
  MINUTE,
)

test(
  'run() waits for the calls of its default executor at its end',
  async () => {
    let call: PromiseLike<number> | undefined
    await run(async () => {
      const loop = getRunningLoop()
      const pool = new ThreadPoolExecutor(1)
      loop.setDefaultExecutor(pool)
      call = pool.submit(jobs.later, 50)
    })
    expect(await call).toBe(50)
    expect((call as { done?(): boolean }).done?.()).toBe(true)
  },
  MINUTE,
)

test('clean-up code can not use the default executor any more', async () => {
  await run(async () => {
    const loop = getRunningLoop()
    await loop.shutdownDefaultExecutor()
    expect(() => loop.runInExecutor(null, jobs.add, 1, 1)).toThrow('shut down')
    expect(() => loop.runInExecutor(null, 7 as never)).toThrow(TypeError)
  })
})

test('runCoroutineThreadsafe runs a task of a loop from outside', async () => {
  const double = coroutine(async (x: number) => await sleep(1, 2 * x))
  const loop = newEventLoop()
  const running = loop.runForever()
  expect(await runCoroutineThreadsafe(double(4), loop)).toBe(8)
  const slow = runCoroutineThreadsafe(sleep(60_000), loop)
  await runCoroutineThreadsafe(sleep(0), loop)
  expect(slow.running()).toBe(true)
  expect(slow.cancel()).toBe(true)
  expect((await failureOf(slow)).name).toBe('CancelledError')
  loop.stop()
  await running
  loop.close()
  expect(() => runCoroutineThreadsafe(7 as never, loop)).toThrow(TypeError)
  expect(() => runCoroutineThreadsafe(() => 1)).toThrow('worker')
})

test('wrapFuture follows in both directions', async () => {
  await run(async () => {
    const source = new concurrent.Future<number>()
    const wrapped = wrapFuture(source)
    expect(wrapFuture(wrapped) === wrapped).toBe(true)
    source.setResult(3)
    expect(wrapped.done()).toBe(false)
    expect(await wrapped).toBe(3)

    const cancelled = new concurrent.Future<number>()
    const follower = wrapFuture(cancelled)
    cancelled.cancel()
    expect((await failureOf(follower)).name).toBe('CancelledError')

    const leading = new concurrent.Future<number>()
    const leader = wrapFuture(leading)
    leader.cancel()
    expect(leading.cancelled()).toBe(false)
    await sleep(0)
    expect(leading.cancelled()).toBe(true)
    expect(() => wrapFuture(Promise.resolve(1) as never)).toThrow('concurrent.Future')
  })
})

test(
  'a view interrupts calls when their task is cancelled',
  async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1, grace: MINUTE })
    await run(async () => {
      const call = pool.with({ interrupt: true }).submit(jobs.sleepForever)
      const begun = new concurrent.Future<void>()
      const cleaned = new concurrent.Future<void>()
      call.addProgressCallback((news) => (news === 'begun' ? begun : cleaned).setResult())
      const task = createTask(async () => await call)
      await begun
      task.cancel()
      await failureOf(task)
      await cleaned
      expect((await failureOf(call)).name).toBe('CancelledError')
    })
  },
  MINUTE,
)
