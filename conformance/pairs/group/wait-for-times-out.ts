// waitFor cancels what takes too long, waits until that has ended, and throws TimeoutError.

import { coroutine, createTask, currentTask, getRunningLoop, sleep, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const slow = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    log('cleans up')
    await sleep(5)
    log('cleaned up')
  }
})

export const main = program(async () => {
  for (const make of [slow, () => createTask(slow())]) {
    try {
      await waitFor(make(), 10)
    } catch (error) {
      log('caught', error, currentTask()?.cancelling())
    }
  }
  const future = getRunningLoop().createFuture()
  try {
    await waitFor(future, 10)
  } catch {
    log('future', future.cancelled())
  }
})
