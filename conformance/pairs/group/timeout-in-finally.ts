// A timeout in a clean-up that itself runs because of a timeout: both end as TimeoutErrors of their own.

import { currentTask, sleep, type Task, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await timeout(10, async () => {
      try {
        await sleep(100)
      } finally {
        log('clean-up', task.cancelling())
        try {
          await timeout(10, async () => await sleep(100))
        } catch (error) {
          log('inner', error, task.cancelling())
        }
      }
    })
  } catch (error) {
    log('outer', error, task.cancelling())
  }
})
