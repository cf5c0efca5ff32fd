// A cancel swallowed before a timeout began does not stop it from telling a new cancel, and its own, apart.

import { currentTask, sleep, type Task, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    task.cancel()
    await sleep(1)
  } catch {
    log('swallowed', task.cancelling())
  }
  try {
    await timeout(10, async () => {
      task.cancel()
      await sleep(2)
    })
  } catch (error) {
    log('cancelled inside', error, task.cancelling())
  }
  try {
    await timeout(10, async () => await sleep(20))
  } catch (error) {
    log('timed out', error, task.cancelling())
  }
})
