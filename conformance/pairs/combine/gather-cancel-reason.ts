// The reason given to the task that awaits a gather goes to the children and comes back with the error.

import { coroutine, createTask, gather, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async (name: string) => {
  try {
    await sleep(100 + name.length)
  } catch (error) {
    log(name, reason(error))
    throw error
  }
})

const parent = coroutine(async () => {
  try {
    await gather([child('a'), gather([child('bb'), child('ccc')])])
  } catch (error) {
    log('parent', reason(error))
    throw error
  }
})

export const main = program(async () => {
  const task = createTask(parent())
  await sleep(10)
  task.cancel('enough')
  try {
    await task
  } catch (error) {
    log('main', reason(error), task.cancelling())
  }
})
