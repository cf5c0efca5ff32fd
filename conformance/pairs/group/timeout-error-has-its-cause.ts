// The cause of a TimeoutError is the CancelledError that it was made of; a group's errors have none.

import { coroutine, sleep, taskGroup, timeout, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const attempt = coroutine(async (name: string, waiting: PromiseLike<unknown>) => {
  try {
    await waiting
  } catch (error) {
    log(name, error, (error as Error).cause)
  }
})

const withTimeout = coroutine(async () => {
  await timeout(5, async () => await sleep(10))
})

const nested = coroutine(async () => {
  await timeout(5, async () => {
    await timeout(50, async () => await sleep(10))
  })
})

const bad = coroutine(async () => {
  throw new RangeError()
})

const group = coroutine(async () => {
  await taskGroup(async (group) => {
    group.createTask(bad())
  })
})

export const main = program(async () => {
  await attempt('timeout', withTimeout())
  await attempt('nested', nested())
  await attempt('wait_for', waitFor(sleep(10), 5))
  await attempt('wait_for at once', waitFor(sleep(10), 0))
  await attempt('group', group())
})
