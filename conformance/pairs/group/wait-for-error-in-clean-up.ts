// An error thrown while what takes too long is cancelled comes out of waitFor in place of the TimeoutError.

import { coroutine, createTask, currentTask, sleep, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const inner = coroutine(async () => {
  try {
    await sleep(200)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new RangeError()
  }
})

export const main = program(async () => {
  for (const timeout of [10, 0]) {
    const task = createTask(inner())
    await sleep(1)
    try {
      await waitFor(task, timeout)
    } catch (error) {
      log('caught', error, currentTask()?.cancelling())
    }
  }
  try {
    await waitFor(inner(), 10)
  } catch (error) {
    log('caught', error, currentTask()?.cancelling())
  }
})
