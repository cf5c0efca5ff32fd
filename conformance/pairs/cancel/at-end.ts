// A coroutine that cancels itself and returns without awaiting ends cancelled, its value dropped.

import { coroutine, createTask, currentTask } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  currentTask()?.cancel()
  log('returns')
  return 12
})

export const main = program(async () => {
  const task = createTask(child())
  try {
    log(await task)
  } catch (error) {
    log('caught', error)
  }
  log(task.done(), task.cancelled(), task.cancel())
})
