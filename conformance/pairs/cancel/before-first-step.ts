// A task cancelled before its first step never runs its body, not even a finally block.

import { coroutine, createTask } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    log('body')
  } finally {
    log('finally')
  }
})

export const main = program(async () => {
  const task = createTask(child())
  log(task.cancel(), task.cancelling(), task.cancelled())
  try {
    await task
  } catch (error) {
    log('caught', error)
  }
  log(task.done(), task.cancelled(), task.cancel())
})
