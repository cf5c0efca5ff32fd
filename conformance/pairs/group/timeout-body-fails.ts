// Another error of the body goes through a timeout, before it is over and out of a clean-up after.

import { currentTask, RuntimeError, sleep, type Task, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await timeout(10, async () => {
      await sleep(1)
      throw new RangeError()
    })
  } catch (error) {
    log('in time', error)
  }
  try {
    await timeout(10, async () => {
      try {
        await sleep(100)
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
        throw new RuntimeError('')
      }
    })
  } catch (error) {
    log('in clean-up', error, task.cancelling())
  }
  await sleep(1)
})
