// A body that swallows the cancel of its group runs to its end; the children's errors come out all the same.

import { coroutine, currentTask, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async () => {
  await sleep(5)
  throw new RangeError()
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      group.createTask(bad())
      try {
        await sleep(100)
      } catch {
        log('swallowed', task.cancelling())
      }
      await sleep(10)
      log('body ends', task.cancelling())
    })
  } catch (error) {
    log(error, task.cancelling())
  }
})
