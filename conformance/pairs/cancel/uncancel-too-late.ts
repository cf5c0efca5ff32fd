// Taking a request back does not bring back what the task was waiting for.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    log('thrown all the same', error, currentTask()?.cancelling())
    throw error
  }
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  task.cancel()
  log(task.uncancel())
  log(task.uncancel())
  try {
    await task
  } catch {
    log(task.cancelled(), task.cancelling())
  }
})
