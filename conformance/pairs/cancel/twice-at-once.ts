// Two requests before the task runs are counted as two.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  for (let n = 0; n < 3; n++) {
    try {
      await sleep(100)
      log('slept', n)
    } catch (error) {
      log('thrown', n, error, currentTask()?.cancelling())
    }
  }
  return 'survived'
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  log(task.cancel(), task.cancelling())
  log(task.cancel(), task.cancelling())
  log(await task, task.cancelling(), task.cancelled())
})
