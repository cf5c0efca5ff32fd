// The reason goes down to the awaited task and comes back up.

import { coroutine, createTask, sleep, type Task } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const leaf = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    log('leaf', reason(error))
    throw error
  }
})

const top = coroutine(async (task: Task<void>) => {
  try {
    await task
  } catch (error) {
    log('top', reason(error))
    throw error
  }
})

export const main = program(async () => {
  const first = createTask(leaf())
  const second = createTask(top(first))
  await sleep(1)
  second.cancel('from above')
  try {
    await second
  } catch (error) {
    log('main', reason(error))
  }
})
