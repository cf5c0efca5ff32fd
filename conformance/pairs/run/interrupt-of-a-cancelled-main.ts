// Ctrl-C when main has been cancelled already is no KeyboardInterrupt: the other cancel goes on.

import { coroutine, createTask, currentTask, sleep, type Task } from 'hocket'
import { interrupt, log, program } from '../../src/harness.ts'

const killer = coroutine(async (task: Task<unknown>) => {
  await sleep(0)
  log(task.cancel())
  interrupt()
  log(task.cancelling())
})

export const main = program(async () => {
  createTask(killer(currentTask() as Task<unknown>))
  await sleep(10)
})
