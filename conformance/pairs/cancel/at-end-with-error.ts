// A coroutine that cancels itself and raises fails with its error.

import { coroutine, createTask, currentTask } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  currentTask()?.cancel()
  throw new RangeError('own')
})

export const main = program(async () => {
  const task = createTask(child())
  try {
    await task
  } catch (error) {
    log('caught', error)
  }
  log(task.cancelled(), task.cancelling())
})
