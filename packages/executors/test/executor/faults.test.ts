import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BrokenExecutor,
  BrokenProcessPool,
  BrokenThreadPool,
  type Call,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
} from '@hocket/executors'
import { describe, expect, test } from 'vitest'
import { failureOf, jobs, told } from '../support/jobs.ts'

const MINUTE = 60_000

describe.each([
  ['threads', ThreadPoolExecutor, BrokenThreadPool],
  ['processes', ProcessPoolExecutor, BrokenProcessPool],
] as const)('%s', (_name, PoolExecutor, Broken) => {
  test(
    'what a worker had fails with its death, what is queued goes on',
    async () => {
      await using pool = new PoolExecutor(1)
      await pool.submit(jobs.add, 1, 1)
      for (const [dying, cause] of [
        [pool.submit(jobs.exit, 7), /exit code 7/],
        [pool.submit(jobs.throwUncaught), /./],
        [pool.submit(jobs.rejectUnhandled), /./],
      ] as const) {
        const queued = pool.submit(jobs.add, 20, 22)
        const error = await failureOf(dying)
        expect(error).toBeInstanceOf(Broken)
        expect(error).toBeInstanceOf(BrokenExecutor)
        expect(error.message).toMatch(cause)
        expect(await queued).toBe(42)
      }
      expect(pool.statistics()).toMatchObject({ workersLost: 3, queued: 0, running: 0 })
    },
    MINUTE,
  )

  test(
    'the error that ended a worker is the cause',
    async () => {
      await using pool = new PoolExecutor(1)
      const { cause } = await failureOf(pool.submit(jobs.throwUncaught))
      expect(cause).toBeInstanceOf(TypeError)
      expect((cause as Error).message).toBe('nobody catches this')
    },
    MINUTE,
  )

  test(
    'memory that runs out ends one worker',
    async () => {
      await using pool = new PoolExecutor({
        maxWorkers: 1,
        resourceLimits: { maxOldGenerationSizeMb: 96 },
      })
      expect(await failureOf(pool.submit(jobs.eatMemory))).toBeInstanceOf(Broken)
      expect(await pool.submit(jobs.add, 1, 1)).toBe(2)
    },
    MINUTE,
  )

  test(
    'calls that are declared idempotent are run again',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 1, callsPerWorker: 2 })
      await pool.submit(jobs.add, 1, 1)
      const again = pool.with({ idempotent: true }).submit(jobs.later, 200)
      const lost = pool.submit(jobs.exit, 1)
      expect(await failureOf(lost)).toBeInstanceOf(Broken)
      expect(await again).toBe(200)
    },
    MINUTE,
  )

  test(
    'an initializer runs in each worker, with its arguments',
    async () => {
      await using pool = new PoolExecutor({
        maxWorkers: 1,
        initializer: jobs.initialize,
        initargs: ['a', 1],
      })
      expect(await pool.submit(jobs.initializedWith)).toEqual(['a', 1])
    },
    MINUTE,
  )

  test(
    'a failing initializer breaks the executor, and every call is told',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 2, initializer: jobs.failToInitialize })
      const calls = Array.from({ length: 10 }, () => pool.submit(jobs.add, 1, 1))
      for (const call of calls) {
        const error = await failureOf(call)
        expect(error).toBeInstanceOf(Broken)
        expect(error.cause).toBeInstanceOf(RangeError)
      }
      expect(() => pool.submit(jobs.add, 1, 1)).toThrow(Broken)
    },
    MINUTE,
  )

  test(
    'a worker takes no more calls than it may',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 1, maxTasksPerWorker: 2 })
      const results = await Promise.all([1, 2, 3].map((x) => pool.submit(jobs.add, x, 0)))
      expect(results).toEqual([1, 2, 3])
      expect(pool.statistics()).toMatchObject({ workersStarted: 2, workersLost: 0 })
    },
    MINUTE,
  )

  test(
    'shutdown runs what was submitted, and takes nothing more',
    async () => {
      const pool = new PoolExecutor(1)
      const calls = [1, 2, 3].map((x) => pool.submit(jobs.add, x, 0))
      const ended = pool.shutdown()
      expect(() => pool.submit(jobs.add, 1, 1)).toThrow('after its shutdown')
      await ended
      expect(await Promise.all(calls)).toEqual([1, 2, 3])
      expect(pool.statistics().workers).toBe(0)
      await pool.shutdown()
    },
    MINUTE,
  )

  test(
    'shutdown({ cancelFutures }) cancels what has not begun',
    async () => {
      const pool = new PoolExecutor({ maxWorkers: 1, prefetch: false })
      const running = pool.submit(jobs.sleepForever)
      await told(running, 'begun')
      const queued = pool.submit(jobs.add, 1, 1)
      const ended = pool.shutdown({ cancelFutures: true })
      expect(queued.cancelled()).toBe(true)
      expect(running.cancel()).toBe(false)
      expect(running.cancel({ interrupt: true })).toBe(true)
      await ended
      expect(running.cancelled()).toBe(true)
    },
    MINUTE,
  )

  test(
    'an interrupted call cleans up, and its worker goes on',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 1, grace: MINUTE })
      for (const fn of [jobs.sleepForever, jobs.spinPolitely]) {
        const call: Call<unknown> = pool.submit(fn as () => unknown)
        const news: unknown[] = []
        call.addProgressCallback((value) => news.push(value))
        await told(call, 'begun')
        expect(call.running()).toBe(true)
        expect(call.cancel({ interrupt: true })).toBe(true)
        expect((await failureOf(call)).name).toBe('CancelledError')
        expect(news.at(-1)).toBe(fn === jobs.sleepForever ? 'cleaned up' : 'begun')
      }
      expect(await pool.submit(jobs.add, 1, 1)).toBe(2)
      expect(pool.statistics()).toMatchObject({ workersStarted: 1 })
    },
    MINUTE,
  )

  test(
    'a call that will not end takes its worker along after the grace period',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 1, grace: 20 })
      const call = pool.submit(jobs.spinForever)
      await told(call, 'begun')
      const next = pool.submit(jobs.add, 1, 1)
      expect(call.cancel({ interrupt: true })).toBe(true)
      expect((await failureOf(call)).name).toBe('CancelledError')
      expect(call.cancelled()).toBe(true)
      expect(await next).toBe(2)
      expect(pool.statistics()).toMatchObject({ workersStarted: 2, workersLost: 0 })
    },
    MINUTE,
  )

  test(
    '100,000 queued calls are cancelled at once',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 1, prefetch: false })
      const running = pool.submit(jobs.sleepForever)
      await told(running, 'begun')
      const calls = Array.from({ length: 100_000 }, () => pool.submit(jobs.add, 1, 1))
      let told1 = 0
      for (const call of calls) call.addDoneCallback(() => (told1 += 1))
      for (const call of calls) expect(call.cancel()).toBe(true)
      expect(told1).toBe(100_000)
      expect(pool.statistics()).toMatchObject({ queued: 0, running: 1 })
      running.cancel({ interrupt: true })
      await failureOf(running)
      expect(await pool.submit(jobs.add, 1, 1)).toBe(2)
    },
    MINUTE,
  )

  test(
    'kill() ends everything at once',
    async () => {
      const pool = new PoolExecutor(1)
      const call = pool.submit(jobs.spinForever)
      await told(call, 'begun')
      const queued = pool.submit(jobs.add, 1, 1)
      const ended = pool.kill()
      expect(await failureOf(queued)).toBeInstanceOf(Broken)
      expect(await failureOf(call)).toBeInstanceOf(Broken)
      await ended
      expect(pool.statistics()).toMatchObject({ workers: 0, queued: 0, running: 0 })
    },
    MINUTE,
  )

  test(
    'the queue has a bound, and room() says when there is room',
    async () => {
      await using pool = new PoolExecutor({ maxWorkers: 1, maxQueue: 2, prefetch: false })
      const running = pool.submit(jobs.sleepForever)
      await told(running, 'begun')
      const queued = [pool.submit(jobs.add, 1, 1), pool.submit(jobs.add, 2, 2)]
      expect(() => pool.submit(jobs.add, 3, 3)).toThrow('maxQueue')
      const room = pool.room()
      expect(room.done()).toBe(false)
      queued[0]?.cancel()
      expect(room.done()).toBe(true)
      expect(pool.room().done()).toBe(true)
      running.cancel({ interrupt: true })
      expect(await queued[1]).toBe(4)
    },
    MINUTE,
  )
})

test(
  'a process that is killed from outside fails its calls, and the rest goes on',
  async () => {
    await using pool = new ProcessPoolExecutor(2)
    const lost = pool.submit(jobs.sleepForever)
    await told(lost, 'begun')
    const [id] = pool.workerIds()
    process.kill(id as number, 'SIGKILL')
    expect(await failureOf(lost)).toMatchObject({ message: expect.stringContaining('SIGKILL') })
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2)
  },
  MINUTE,
)

test(
  'workers killed under load lose no call',
  async () => {
    await using pool = new ProcessPoolExecutor(2)
    let settled = 0
    const calls: Promise<unknown>[] = []
    for (let round = 0; round < 3; round++) {
      for (let each = 0; each < 500; each++) {
        const call = pool.submit(jobs.spin, 0.2)
        call.addDoneCallback(() => (settled += 1))
        calls.push(failureOrNull(call))
      }
      await calls.at(-200)
      const [id] = pool.workerIds()
      process.kill(id as number, 'SIGKILL')
    }
    const failures = (await Promise.all(calls)).filter((error) => error !== null)
    expect(settled).toBe(1_500)
    expect(failures.every((error) => error instanceof BrokenProcessPool)).toBe(true)
    expect(failures.length).toBeLessThan(100)
    expect(pool.statistics()).toMatchObject({ settled: 1_500, queued: 0, running: 0 })
  },
  MINUTE,
)

const failureOrNull = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => null,
    (error: unknown) => error,
  )

test(
  'what was sent in advance to a process that is killed has not begun, and goes on',
  async () => {
    await using pool = new ProcessPoolExecutor(1)
    // Known as short, so that calls behind it are sent as well.
    for (let round = 0; round < 30; round++) await pool.submit(jobs.spin, 0.01)
    await Promise.all(Array.from({ length: 100 }, () => pool.submit(jobs.add, 1, 1)))
    const long = pool.submit(jobs.spin, MINUTE)
    const behind = Array.from({ length: 20 }, (_, index) => pool.submit(jobs.add, index, 1))
    while (!long.running()) await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.kill(pool.workerIds()[0] as number, 'SIGKILL')
    expect(await failureOf(long)).toBeInstanceOf(BrokenProcessPool)
    expect(await Promise.all(behind)).toEqual(behind.map((_, index) => index + 1))
  },
  MINUTE,
)

test(
  'no call of a process that is killed runs twice',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hocket-'))
    await using pool = new ProcessPoolExecutor(2)
    let isOver = false
    let submitted = 0
    let settled = 0
    const names: Promise<unknown>[] = []
    const submit = (): void => {
      if (isOver) return
      const call = pool.submit(jobs.leaveMark, join(folder, String(submitted++)))
      call.addDoneCallback(() => (settled += 1))
      names.push(failureOrNull(call).finally(submit))
    }
    for (let each = 0; each < 100; each++) submit()
    for (let round = 0; round < 8; round++) {
      const enough = settled + 500
      while (settled < enough) await new Promise((resolve) => setTimeout(resolve, 10))
      process.kill(pool.workerIds()[0] as number, 'SIGKILL')
    }
    isOver = true
    const failures = (await Promise.all(names)).filter((error) => error !== null)
    const lengths = await Promise.all(
      (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
    )
    expect(lengths.filter((length) => length > 1)).toEqual([])
    // Those that had begun have failed, and no more than may have.
    expect(submitted - lengths.length).toBeLessThanOrEqual(failures.length)
    expect(failures.every((error) => error instanceof BrokenProcessPool)).toBe(true)
    await rm(folder, { recursive: true })
  },
  MINUTE,
)

test(
  'a call of a process can be taken back until it is sent, at the end of the turn',
  async () => {
    await using pool = new ProcessPoolExecutor(1)
    for (let round = 0; round < 30; round++) await pool.submit(jobs.add, 1, 1)
    const first = pool.submit(jobs.add, 1, 2)
    const second = pool.submit(jobs.add, 2, 2)
    const third = pool.submit(jobs.add, 3, 2)
    expect(pool.statistics().queued).toBe(0)
    expect(second.cancel()).toBe(true)
    expect(second.cancelled()).toBe(true)
    expect([await first, await third]).toEqual([3, 5])
    expect(await Promise.all([pool.submit(jobs.add, 1, 1), pool.submit(jobs.add, 2, 2)])).toEqual([
      2, 4,
    ])
  },
  MINUTE,
)

test(
  'an interruption that comes too late is not that of the next call',
  async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1, grace: MINUTE })
    for (let round = 0; round < 300; round++) {
      const call = pool.submit(jobs.spin, 0.2)
      while (!(call.running() || call.done())) await new Promise((resolve) => setImmediate(resolve))
      call.cancel({ interrupt: true })
      await failureOrNull(call)
      expect(await pool.submit(jobs.add, round, 1)).toBe(round + 1)
    }
  },
  MINUTE,
)

test(
  'a process that sends what can not be read fails its calls, with the cause',
  async () => {
    await using pool = new ProcessPoolExecutor(1)
    const error = await failureOf(pool.submit(jobs.sendNonsense))
    expect(error).toBeInstanceOf(BrokenProcessPool)
    expect(error.cause).toBeInstanceOf(SyntaxError)
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2)
  },
  MINUTE,
)
