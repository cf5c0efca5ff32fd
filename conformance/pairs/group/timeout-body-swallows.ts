// A body that swallows the cancellation of its timeout ends as if in time, with nothing left to cancel.

import { currentTask, sleep, type Task, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  let scope: Timeout | undefined
  await timeout(10, async (inside) => {
    scope = inside
    try {
      await sleep(100)
    } catch {
      log('swallowed', task.cancelling())
    }
    await sleep(5)
    log('still here')
  })
  log('no error', scope?.expired(), task.cancelling())
  await sleep(1)
})
