// A cancel that is pending when a timeout of zero begins becomes its TimeoutError, and stays counted.

import { currentTask, sleep, type Task, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  for (const delay of [0, 10]) {
    task.cancel()
    let scope: Timeout | undefined
    try {
      await timeout(delay, async (inside) => {
        scope = inside
        await sleep(5)
      })
    } catch (error) {
      log(delay, error, scope?.expired(), task.cancelling())
    }
    while (task.cancelling() > 0) task.uncancel()
  }
})
