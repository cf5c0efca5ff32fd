// A main coroutine that is cancelled ends the run with CancelledError.

import { currentTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask()
  getRunningLoop().callLater(5, () => task?.cancel())
  try {
    await sleep(100)
  } finally {
    log('finally', task?.cancelling())
  }
})
