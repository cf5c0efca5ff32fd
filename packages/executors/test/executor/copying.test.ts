import { ProcessPoolExecutor, ThreadPoolExecutor } from '@hocket/executors'
import { run } from 'hocket'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureOf, jobs } from '../support/jobs.ts'

// What passes the check, and fails when the message is made of it.
describe.each([
  ['threads', ThreadPoolExecutor],
  ['processes', ProcessPoolExecutor],
])('%s', (_name, PoolExecutor) => {
  let pool: ThreadPoolExecutor | ProcessPoolExecutor
  beforeAll(async () => {
    pool = new PoolExecutor({ maxWorkers: 1, callsPerWorker: 3 })
    await pool.submit(jobs.add, 1, 1)
  }, 60_000)
  afterAll(async () => await pool.shutdown(), 60_000)

  test('a result fails its call alone, by the name of the property', async () => {
    const calls = [
      pool.submit(jobs.echo<number>, 1),
      pool.submit(jobs.giveTrap),
      pool.submit(jobs.echo<number>, 3),
    ]
    const error = await failureOf(calls[1] as PromiseLike<unknown>)
    expect(error).toMatchObject({ name: 'DataCloneProblem', code: 'ERR_DATA_CLONE' })
    expect(error.message).toBe(
      'the result: list[1].value has a getter that throws: it is read only once',
    )
    expect([await calls[0], await calls[2]]).toEqual([1, 3])
  })

  test('an argument too', async () => {
    const { trap } = await import('../fixtures/jobs.ts')
    const calls = [
      pool.submit(jobs.echo<number>, 1),
      pool.submit(jobs.second<unknown>, 1, trap()),
      pool.submit(jobs.echo<number>, 3),
    ]
    const error = await failureOf(calls[1] as PromiseLike<unknown>)
    expect(error).toMatchObject({ name: 'DataCloneProblem', code: 'ERR_DATA_CLONE' })
    expect(error.message).toBe(
      'the argument 2: value has a getter that throws: it is read only once',
    )
    expect([await calls[0], await calls[2]]).toEqual([1, 3])
  })

  test('what is told by progress() fails there', async () => {
    const error = await failureOf(pool.submit(jobs.tellTrap))
    expect(error).toMatchObject({ name: 'DataCloneProblem', code: 'ERR_DATA_CLONE' })
    expect(error.message).toBe('the progress: value has a getter that throws: it is read only once')
  })

  test('what is asked of the owner, and what it answers', async () => {
    const asked = await run(async () => await failureOf(pool.submit(jobs.askWithTrap)))
    expect(asked.message).toBe(
      'the argument 1: value has a getter that throws: it is read only once',
    )
    const answered = await run(async () => await failureOf(pool.submit(jobs.askForTrap)))
    expect(answered).toMatchObject({ name: 'DataCloneProblem', code: 'ERR_DATA_CLONE' })
    expect(answered.message).toBe(
      'the result: value has a getter that throws: it is read only once',
    )
    expect(await pool.submit(jobs.add, 1, 1)).toBe(2)
  })
})

test('a buffer that two results of one message hand over goes with the first', async () => {
  await using pool = new ThreadPoolExecutor({ maxWorkers: 1, callsPerWorker: 2 })
  const calls = [pool.submit(jobs.giveShared, 7), pool.submit(jobs.giveShared, 8)]
  expect(await calls[0]).toEqual({ name: 7, bytes: Uint8Array.of(7) })
  expect((await failureOf(calls[1] as PromiseLike<unknown>)).message).toBe(
    'the result: bytes is a Uint8Array whose buffer was handed over before',
  )
}, 60_000)
