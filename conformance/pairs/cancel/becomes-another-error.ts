// A cancel that is answered with another error makes the task fail with that.

import { coroutine, createTask, sleep } from 'hocket'
import { log, message, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    throw new RangeError('instead', { cause: error })
  }
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  task.cancel()
  try {
    await task
  } catch (error) {
    log(error, message(error), 'from', (error as Error).cause)
  }
  log(task.cancelled(), task.exception())
})
