// Nested waitFors and timeouts: the shortest one strikes, and only once.

import { coroutine, createTask, currentTask, sleep, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    log('child cancelled', currentTask()?.cancelling())
    throw error
  }
})

const attempt = coroutine(async (name: string, waiting: PromiseLike<unknown>) => {
  try {
    await waiting
  } catch (error) {
    log(name, error, currentTask()?.cancelling())
  }
})

export const main = program(async () => {
  await attempt('inner', waitFor(waitFor(child(), 5), 10))
  await attempt('outer', waitFor(waitFor(child(), 10), 5))
  await attempt('task', waitFor(createTask(waitFor(child(), 10)), 5))
  await attempt('handled', waitFor(attempt('inner', waitFor(child(), 5)), 10))
})
