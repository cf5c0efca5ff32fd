import { ThreadPoolExecutor, transfer } from '@hocket/executors'
import { expect, test } from 'vitest'
import { plainCall } from '../../src/executor/executor.ts'
import { PLAIN } from '../../src/wire/messages.ts'
import { failureOf, jobs } from '../support/jobs.ts'
import { type StubLink, stubPool } from '../support/stub-link.ts'

const MINUTE = 60_000

/** Threads that hold `waitFor` and `first` for short: such calls are sent in advance. */
async function warmPool(maxWorkers: number, flag: Int32Array): Promise<ThreadPoolExecutor> {
  const pool = new ThreadPoolExecutor({ maxWorkers, grace: 10 })
  Atomics.store(flag, 0, 1)
  for (let round = 0; round < 50; round++) {
    await Promise.all(
      Array.from({ length: maxWorkers * 2 }, () => pool.submit(jobs.waitFor, flag, 1)),
    )
    await pool.submit(jobs.first, new Uint8Array(1))
  }
  Atomics.store(flag, 0, 0)
  return pool
}

async function untilQueued(pool: ThreadPoolExecutor, count: number): Promise<void> {
  while (pool.statistics().queued !== count) await new Promise((resolve) => setTimeout(resolve, 1))
}

test(
  'what hands buffers over gets them to a worker, also behind a call that takes long',
  async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4))
    await using pool = await warmPool(2, flag)
    const blocking = [pool.submit(jobs.waitFor, flag, 1), pool.submit(jobs.waitFor, flag, 1)]
    const calls = [1, 2, 3].map((value) => {
      const bytes = Uint8Array.of(value)
      return pool.submit(jobs.first, transfer(bytes, [bytes.buffer]))
    })
    await untilQueued(pool, 3)
    jobsSet(flag, 1)
    await Promise.all(blocking)
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
  },
  MINUTE,
)

test(
  'what hands buffers over and has not begun goes on when its worker is killed',
  async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4))
    await using pool = await warmPool(1, flag)
    const blocking = pool.submit(jobs.waitFor, flag, 1)
    const bytes = Uint8Array.of(7)
    const call = pool.submit(jobs.first, transfer(bytes, [bytes.buffer]))
    while (!blocking.running()) await new Promise((resolve) => setTimeout(resolve, 1))
    blocking.cancel({ interrupt: true })
    expect((await failureOf(blocking)).name).toBe('CancelledError')
    expect(await call).toBe(7)
  },
  MINUTE,
)

test(
  'what is cancelled before it begins keeps its buffers',
  async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4))
    await using pool = await warmPool(1, flag)
    const blocking = pool.submit(jobs.waitFor, flag, 1)
    const bytes = Uint8Array.of(7)
    const call = pool.submit(jobs.first, transfer(bytes, [bytes.buffer]))
    expect(call.cancel()).toBe(true)
    jobsSet(flag, 1)
    await blocking
    await pool.submit(jobs.add, 1, 1)
    expect(bytes.byteLength).toBe(1)
  },
  MINUTE,
)

function jobsSet(flag: Int32Array, value: number): void {
  Atomics.store(flag, 0, value)
  Atomics.notify(flag, 0)
}

test('buffers that a dead worker had are gone: their call fails, and says so', async () => {
  for (const idempotent of [false, true]) {
    const { pool, links } = stubPool()
    const fn = (bytes: Uint8Array) => bytes[0]
    const bytes = Uint8Array.of(7)
    const args = [transfer(bytes, [bytes.buffer])]
    const call = pool.submit(fn, args, PLAIN, { ...plainCall, idempotent }, test)
    links[0]?.ready()
    expect(bytes.byteLength).toBe(0)
    links[0]?.die()
    const error = await failureOf(call)
    expect(error.name).toBe('BrokenThreadPool')
    expect(error.message).toMatch(/handed over/)
  }
})

test('calls of one message that can not be posted together each hand over their own', async () => {
  const { pool, links } = stubPool({ callsAtOnce: 4 })
  const fn = (bytes: Uint8Array) => bytes[0]
  const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)]
  const submit = (...args: unknown[]) => pool.submit(fn, args, PLAIN, plainCall, test)
  const opening = submit(new Uint8Array(1))
  const link = links[0] as StubLink
  link.ready()
  expect(opening.running()).toBe(false)
  const calls = [
    submit(transfer(one, [one.buffer])),
    // The same buffer once more: they can't both have it.
    submit(transfer({ one }, [one.buffer])),
    submit(transfer(two, [two.buffer])),
  ]
  await new Promise((resolve) => setImmediate(resolve))
  expect((await failureOf(calls[1] as PromiseLike<unknown>)).message).toBe(
    'the argument 1: one is a Uint8Array whose buffer was handed over before',
  )
  expect([one.byteLength, two.byteLength]).toEqual([0, 0])
  const handed = link.lists.filter((list) => list.length > 0)
  expect(handed.map(([buffer]) => buffer === one.buffer)).toEqual([true, false])
  expect(calls.map((call) => call.done())).toEqual([false, true, false])
})

test(
  'a buffer that is handed over by somebody else while its call is queued fails that call',
  async () => {
    const flag = new Int32Array(new SharedArrayBuffer(4))
    await using pool = await warmPool(1, flag)
    const blocking = pool.submit(jobs.waitFor, flag, 1)
    const bytes = Uint8Array.of(7)
    const call = pool.submit(jobs.first, transfer(bytes, [bytes.buffer]))
    structuredClone(bytes, { transfer: [bytes.buffer] })
    jobsSet(flag, 1)
    await blocking
    expect((await failureOf(call)).message).toBe(
      'the argument 1 is a Uint8Array whose buffer was handed over before',
    )
  },
  MINUTE,
)
