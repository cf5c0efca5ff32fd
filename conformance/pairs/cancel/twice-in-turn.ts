// A second request while the first is being handled is thrown too.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  for (let n = 0; n < 4; n++) {
    try {
      await sleep(100)
      log('slept', n)
    } catch {
      log('thrown', n, currentTask()?.cancelling())
    }
  }
  return 'survived'
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  task.cancel()
  await sleep(0)
  task.cancel()
  await sleep(1)
  task.cancel()
  task.uncancel()
  log(task.cancelling())
  log(await task, task.cancelling(), task.cancelled())
})
