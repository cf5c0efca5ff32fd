// The reason of a cancel before the first step reaches the awaiter.

import { coroutine, createTask } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('not reached')
})

export const main = program(async () => {
  const task = createTask(child())
  task.cancel('never began')
  try {
    await task
  } catch (error) {
    log(error, reason(error))
  }
})
