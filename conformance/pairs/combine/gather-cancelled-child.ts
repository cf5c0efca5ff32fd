// A child that is cancelled alone reaches the awaiter as CancelledError; the gather itself is not cancelled.

import { createTask, currentTask, gather, getRunningLoop, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const child = createTask(sleep(100))
  const other = createTask(sleep(50, 'other'))
  const future = gather([child, other])
  loop.callLater(10, () => child.cancel('by a timer'))
  try {
    await future
  } catch (error) {
    log('caught', error, reason(error), currentTask()?.cancelling())
  }
  log(future.done(), future.cancelled(), future.exception())
  log(await other)
})
