// A body that awaits a failing child is cancelled by its group before it hears of the error, which is there once.

import { CancelledError, coroutine, currentTask, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (error: Error) => {
  await sleep(5)
  throw error
})

export const main = program(async () => {
  for (const error of [new RangeError(), new CancelledError()]) {
    try {
      await taskGroup(async (group) => {
        const task = group.createTask(bad(error))
        try {
          await task
        } catch (caught) {
          log('body', caught, currentTask()?.cancelling())
          throw caught
        }
      })
    } catch (caught) {
      log(caught, currentTask()?.cancelling())
    }
  }
})
