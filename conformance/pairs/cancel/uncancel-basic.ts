// Cancel, take back inside the task, cancel again: the count goes 1, 0, 1.

import { coroutine, currentTask, sleep } from 'hocket'
import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const child = coroutine(async () => {
    try {
      await sleep(1000)
    } catch {
      log('uncancel', currentTask()?.uncancel())
      await sleep(1000)
    }
  })

  const task = loop.createTask(child())
  await loop.runUntilComplete(sleep(1))
  log(task.cancel(), task.cancelling(), task.cancelled())
  await loop.runUntilComplete(sleep(1))
  log(task.cancelling(), task.cancelled())
  log(task.cancel(), task.cancelling(), task.cancelled())
  try {
    await loop.runUntilComplete(task)
  } catch (error) {
    log(error)
  }
  log(task.cancelled(), task.done(), task.uncancel())
  log(task.cancelled(), task.done())
})
