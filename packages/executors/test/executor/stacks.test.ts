import { type Call, ThreadPoolExecutor } from '@hocket/executors'
import { coroutine, createTask, run } from 'hocket'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { failureOf, jobs } from '../support/jobs.ts'

let pool: ThreadPoolExecutor
beforeAll(() => {
  pool = new ThreadPoolExecutor(1)
})
afterAll(async () => await pool.shutdown(), 60_000)

/** So often that nobody notes any more who calls it. */
async function makeUsual(): Promise<void> {
  for (let count = 0; count < 50; count++) await pool.submit(jobs.failIf, false)
}
beforeEach(makeUsual, 60_000)

async function awaiter(call: PromiseLike<unknown> = pool.submit(jobs.failIf, true)): Promise<void> {
  await call
}

test('the first calls of a function tell where they were made', async () => {
  const { stack } = await failureOf(pool.submit(jobs.fail, 'no'))
  expect(stack).toMatch(
    /^RangeError: no\n.*jobs\.ts.*\n *--- in a worker; called by ---\n.*stacks\.test\.ts/,
  )
})

test('others tell who awaits them, outside loops and in tasks', async () => {
  const expected =
    /^RangeError: as asked\n.*jobs\.ts.*\n *--- awaited by ---\n *at .*awaiter .*stacks/
  const outside = await failureOf(awaiter())
  expect(outside.stack).toMatch(expected)
  expect(outside.stack?.match(/awaited by/g)).toHaveLength(1)
  await makeUsual()
  const limited = await failureOf(
    awaiter(pool.submit(jobs.failIf, true).result({ timeout: 60_000 })),
  )
  expect(limited.stack).toMatch(expected)
  await makeUsual()
  const inTask = await failureOf(
    run(async () => await createTask(async () => await awaiter(), { name: 'inner' })),
  )
  expect(inTask.stack).toMatch(expected)
})

test('a call after one that has failed tells where it was made', async () => {
  await failureOf(awaiter())
  const { stack } = await failureOf(pool.submit(jobs.failIf, true))
  expect(stack).toContain('called by')
})

test('what breaks with its worker tells who awaits it', async () => {
  await using other = new ThreadPoolExecutor(1)
  const { stack } = await failureOf(awaiter(other.submit(jobs.exit, 3)))
  expect(stack).toMatch(/^BrokenThreadPool: .*\n(?:.*\n)* *--- awaited by ---\n.*awaiter/)
}, 60_000)

test('whoever does not await it gets the same error', async () => {
  const call: Call<void> = pool.submit(jobs.failIf, true)
  const seen: unknown[] = []
  const gotValue = (value: unknown) => seen.push(['a value', value])
  await new Promise<void>((resolve) => {
    void call.then(gotValue, (error: unknown) => {
      seen.push(error)
      resolve()
    })
  })
  const spelled = coroutine(function* () {
    yield* call
  })
  const generated = await failureOf(run(spelled()))
  expect(generated.message).toBe('as asked')
  expect(seen).toEqual([generated])
  expect(seen[0]).toBe(generated)
})
