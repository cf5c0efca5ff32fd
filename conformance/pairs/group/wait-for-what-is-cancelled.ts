// When what waitFor awaits is cancelled by somebody else, that is a CancelledError, not a TimeoutError.

import { createTask, currentTask, getRunningLoop, sleep, waitFor } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const task = createTask(sleep(100))
  loop.callLater(5, () => task.cancel('by a timer'))
  try {
    await waitFor(task, 10)
  } catch (error) {
    log(error, reason(error), currentTask()?.cancelling())
  }
  await sleep(20)
  try {
    await waitFor(task, 0)
  } catch (error) {
    log('no time', error)
  }
})
