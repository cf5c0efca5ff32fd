import {
  BrokenExecutor,
  BrokenProcessPool,
  moduleFunctions,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
} from '@hocket/executors'
import { expect, test } from 'vitest'
import { plainCall } from '../../src/executor/executor.ts'
import { PLAIN } from '../../src/wire/messages.ts'
import { failureOf, jobs } from '../support/jobs.ts'
import { StubLink, stubPool } from '../support/stub-link.ts'

const MINUTE = 60_000
const add = (a: number, b: number): number => a + b

test('a worker that can not be started breaks the executor at the third time, with the cause', async () => {
  const cause = new RangeError('no more threads')
  let attempts = 0
  const { pool } = stubPool({ maxWorkers: 2 }, () => {
    attempts += 1
    throw cause
  })
  const call = pool.submit(add, [1, 2], PLAIN, plainCall, test)
  const error = await failureOf(call)
  expect(error).toBeInstanceOf(BrokenExecutor)
  expect(error.cause).toBe(cause)
  expect(attempts).toBe(3)
  expect(() => pool.submit(add, [1, 2], PLAIN, plainCall, test)).toThrow(BrokenExecutor)
  await pool.shutdown({ wait: true, cancelFutures: false })
  expect(pool.statistics()).toMatchObject({ workers: 0, workersStarted: 0, settled: 1, queued: 0 })
})

test('one that can not be started beside others does no harm at once', async () => {
  let isFull = false
  const { pool, links } = stubPool({ maxWorkers: 2 }, () => {
    if (isFull) throw new RangeError('no more threads')
    return new StubLink()
  })
  const submit = () => pool.submit(add, [1, 2], PLAIN, plainCall, test)
  const first = submit()
  isFull = true
  const second = submit()
  links[0]?.ready()
  expect([first.done(), second.done()]).toEqual([false, false])
  isFull = false
  const third = submit()
  expect(links).toHaveLength(2)
  expect(pool.statistics()).toMatchObject({ workers: 2, queued: 2, running: 1 })
  expect(third.done()).toBe(false)
})

test(
  'a process that can not be started says why',
  async () => {
    const pool = new ProcessPoolExecutor({ maxWorkers: 1, env: { NAME: 'no\0value' } })
    const error = await failureOf(pool.submit(jobs.add, 1, 1))
    expect(error).toBeInstanceOf(BrokenProcessPool)
    expect(error.cause).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
    await pool.shutdown()
  },
  MINUTE,
)

test.each([
  ['threads', ThreadPoolExecutor],
  ['processes', ProcessPoolExecutor],
])(
  '%s: a module that ends its worker fails the call that it was loaded for, and no other',
  async (_name, PoolExecutor) => {
    const { leave } = moduleFunctions<{ leave: () => void }>(
      'data:text/javascript,process.exit(3);export const leave = 1',
    )
    await using pool = new PoolExecutor(1)
    const call = pool.submit(leave)
    const others = [pool.submit(jobs.add, 1, 1), pool.submit(jobs.add, 2, 2)]
    expect((await failureOf(call)).message).toContain('exit code 3')
    expect(await Promise.all(others)).toEqual([2, 4])
    expect(pool.statistics()).toMatchObject({ workersStarted: 2, workersLost: 1 })
  },
  MINUTE,
)
