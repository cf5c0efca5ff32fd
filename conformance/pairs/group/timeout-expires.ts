// A timeout cancels its body at the await it is in, and turns just that cancellation into a TimeoutError.

import { currentTask, sleep, type Task, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  let scope: Timeout | undefined
  try {
    await timeout(10, async (inside) => {
      scope = inside
      log(scope.when(), scope.expired())
      try {
        await sleep(100)
      } catch (error) {
        log('body', error, task.cancelling(), scope.expired())
        throw error
      }
    })
  } catch (error) {
    log('caught', error, task.cancelling(), scope?.expired())
  }
  await sleep(0)
  log('goes on')
})
