// What swallows its cancellation and returns a value gives that value out of waitFor, however late.

import { coroutine, createTask, currentTask, sleep, type Task, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const stubborn = coroutine(async () => {
  try {
    await sleep(100)
    return 0
  } catch {
    await sleep(5)
    return 42
  }
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  log(await waitFor(stubborn(), 10), task.cancelling())
  log(await waitFor(createTask(stubborn()), 10), task.cancelling())
})
