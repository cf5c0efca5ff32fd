import { ProcessPoolExecutor, ThreadPoolExecutor, transfer } from '@hocket/executors'
import { createTask, run, TimeoutError } from 'hocket'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureOf, jobs } from '../support/jobs.ts'

describe.each([
  ['threads', ThreadPoolExecutor],
  ['processes', ProcessPoolExecutor],
])('%s', (_name, PoolExecutor) => {
  let pool: ThreadPoolExecutor | ProcessPoolExecutor
  beforeAll(async () => {
    pool = new PoolExecutor({ maxWorkers: 2, namePrefix: 'crew' })
    await pool.submit(jobs.add, 1, 1)
  }, 60_000)
  afterAll(async () => await pool.shutdown(), 60_000)

  test('a call gives its result, outside loops and in both spellings', async () => {
    expect(await pool.submit(jobs.add, 1, 2)).toBe(3)
    expect(await run(async () => await pool.submit(jobs.add, 2, 2))).toBe(4)
    const spelled = function* () {
      return yield* pool.submit(jobs.add, 2, 3)
    }
    expect(await run(spelled)).toBe(5)
  })

  test('async functions, coroutines and promises are awaited in the worker', async () => {
    expect(await pool.submit(jobs.later, 3)).toBe(3)
    expect(await pool.submit(jobs.twice, 4)).toBe(8)
    expect(await pool.submit(jobs.hasTask)).toBe(true)
  })

  test('a self-contained function may be given inline', async () => {
    expect(await pool.submit((text: string) => text.toUpperCase(), 'hocket')).toBe('HOCKET')
  })

  test('values keep what structured clone keeps', async () => {
    const value = {
      map: new Map([[1, new Set(['a'])]]),
      date: new Date(0),
      big: 2n ** 70n,
      nan: NaN,
    }
    expect(await pool.submit(jobs.echo<unknown>, value)).toEqual(value)
    expect(await pool.submit(jobs.echo<unknown>, [undefined, -0, null])).toEqual([
      undefined,
      -0,
      null,
    ])
  })

  test('many calls of one turn each get their own result', async () => {
    const results = await Promise.all(
      Array.from({ length: 5_000 }, (_, index) => pool.submit(jobs.add, index, 1)),
    )
    expect(results).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1))
    expect(pool.statistics()).toMatchObject({ queued: 0, running: 0 })
  })

  test('an error keeps class, message, properties, and tells of both sides', async () => {
    const error = await failureOf(pool.submit(jobs.fail, 'too much'))
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toMatchObject({ message: 'too much', code: 'E_FAIL' })
    expect(error.stack).toMatch(/jobs\.ts[\s\S]*calls\.test\.ts/)
    expect(await failureOf(pool.submit(jobs.failLater, 'later'))).toMatchObject({
      message: 'later',
    })
  })

  test('what can not travel fails that call alone', async () => {
    const neighbour = pool.submit(jobs.add, 1, 1)
    const argument = await failureOf(pool.submit(jobs.echo<unknown>, { to: { on: () => {} } }))
    expect(argument).toMatchObject({ name: 'DataCloneProblem', code: 'ERR_DATA_CLONE' })
    expect(argument.message).toContain('to.on')
    const result = await failureOf(pool.submit(jobs.giveFunction))
    expect(result.message).toContain('function')
    expect(await neighbour).toBe(2)
  })

  test('what only fails while it is copied fails that call alone', async () => {
    let reads = 0
    const trap = {
      get value() {
        reads += 1
        if (reads > 1) throw new Error('only once')
        return 1
      },
    }
    const calls = [
      pool.submit(jobs.add, 1, 1),
      pool.submit(jobs.echo<unknown>, trap),
      pool.submit(jobs.add, 2, 2),
    ]
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('a missing module or export is an error of the call', async () => {
    const missing = (jobs as unknown as Record<string, () => void>)['nothing'] as () => void
    expect((await failureOf(pool.submit(missing))).message).toContain("no export 'nothing'")
  })

  test('map gives the results in the order of the items', async () => {
    expect(await pool.map(jobs.add, [1, 2, 3], [4, 5, 6, 7])).toEqual([5, 7, 9])
    const seen: number[] = []
    for await (const each of pool.map(jobs.later, [30, 1, 2])) seen.push(each)
    expect(seen).toEqual([30, 1, 2])
    expect(await run(async () => await pool.map(jobs.twice, [1, 2]))).toEqual([2, 4])
  })

  test('map in chunks and with a bounded buffer', async () => {
    expect(await pool.map(jobs.add, [1, 2, 3], [1, 1, 1], { chunksize: 2 })).toEqual([2, 3, 4])
    expect(await pool.map(jobs.twice, [1, 2, 3], { chunksize: 2 })).toEqual([2, 4, 6])
    let taken = 0
    const items = function* () {
      for (; taken < 100; ) yield taken++
    }
    const results = pool.map(jobs.echo<number>, items(), { buffersize: 3 })
    expect(await results.next()).toEqual({ done: false, value: 0 })
    expect(taken).toBe(4)
    await results.return()
    expect(await results.next()).toEqual({ done: true, value: undefined })
  })

  test('map throws the error of an item in its place, and at its time limit', async () => {
    const seen: number[] = []
    const consume = async () => {
      for await (const each of pool.map(jobs.spin, [0, -1, 'x' as never])) seen.push(each)
      for await (const each of pool.map(jobs.fail, ['a', 'b'])) seen.push(each)
    }
    expect(await failureOf(consume())).toMatchObject({ message: 'a' })
    expect(await failureOf(pool.map(jobs.later, [1, 1_000], { timeout: 50 }))).toBeInstanceOf(
      TimeoutError,
    )
  })

  test('progress comes in order, before the result', async () => {
    const steps: unknown[] = []
    const call = pool.submit(jobs.tellSteps, 3)
    call.addProgressCallback((step) => steps.push(step))
    steps.push(await call)
    expect(steps).toEqual([0, 1, 2, 3])
  })

  test('a worker hands a call to the loop of its owner', async () => {
    expect(await run(async () => await pool.submit(jobs.askMain, 4))).toBe(5)
  })

  test('result() has a time limit, and the call goes on', async () => {
    const call = pool.submit(jobs.later, 100)
    expect(await failureOf(call.result({ timeout: 1 }))).toBeInstanceOf(TimeoutError)
    expect(await call).toBe(100)
    expect(await call.exception()).toBe(null)
  })

  test('workers are named, and used again before new ones start', async () => {
    expect(await pool.submit(jobs.workerName)).toMatch(/^crew_[01]$/)
    expect(pool.statistics().workersStarted).toBeLessThanOrEqual(2)
    expect(pool.workerIds()).toHaveLength(pool.statistics().workers)
  })

  test('a task that is cancelled takes back its call, if it has not begun', async () => {
    await run(async () => {
      const blockers = [pool.submit(jobs.later, 300), pool.submit(jobs.later, 300)]
      const queued = pool.submit(jobs.add, 1, 1)
      const task = createTask(async () => await queued)
      await pool
        .submit(jobs.later, 1)
        .result({ timeout: 20 })
        .then(null, () => {})
      task.cancel()
      await failureOf(task)
      expect(task.cancelled()).toBe(true)
      expect(queued.cancelled()).toBe(true)
      await Promise.all(blockers)
    })
  })
})

describe('threads alone', () => {
  test('buffers are handed over or shared', async () => {
    await using pool = new ThreadPoolExecutor(1)
    const bytes = new Uint8Array(1_000).fill(7)
    expect(await pool.submit(jobs.first, transfer(bytes, [bytes.buffer]))).toBe(7)
    expect(bytes.byteLength).toBe(0)
    const flag = new Int32Array(new SharedArrayBuffer(4))
    await pool.submit(jobs.set, flag, 5)
    expect(flag[0]).toBe(5)
  }, 60_000)

  test('a call that waits for another one gets it: none is stuck behind the other', async () => {
    await using pool = new ThreadPoolExecutor(2)
    const flag = new Int32Array(new SharedArrayBuffer(4))
    // Both functions are known as short from here on, and are sent in advance.
    for (let round = 0; round < 50; round++) {
      await pool.submit(jobs.set, flag, 1)
      await pool.submit(jobs.waitFor, flag, 1)
    }
    Atomics.store(flag, 0, 0)
    const waiting = pool.submit(jobs.waitFor, flag, 1)
    const others = Array.from({ length: 100 }, () => pool.submit(jobs.set, flag, 0))
    await Promise.all([pool.submit(jobs.set, flag, 1), waiting, ...others])
    expect(pool.statistics()).toMatchObject({ queued: 0, running: 0, workersLost: 0 })
  }, 60_000)

  test('resultSync blocks, has a time limit, and is refused where it would stop a loop', async () => {
    await using pool = new ThreadPoolExecutor(1)
    expect(pool.submit(jobs.add, 20, 22).resultSync(30_000)).toBe(42)
    expect(() => pool.submit(jobs.fail, 'no').resultSync(30_000)).toThrow(RangeError)
    expect(() => pool.submit(jobs.spin, 200).resultSync(1)).toThrow(TimeoutError)
    await run(async () => {
      expect(() => pool.submit(jobs.add, 1, 1).resultSync()).toThrow('event loop')
    })
    expect(await run(async () => await pool.submit(jobs.askMainSync, 5))).toBe(15)
  }, 60_000)
})
