// A TimeoutError or CancelledError that the body throws by itself is no expiry: it goes through.

import {
  CancelledError,
  currentTask,
  getRunningLoop,
  type Task,
  type Timeout,
  TimeoutError,
  timeout,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  let scope: Timeout | undefined
  for (const error of [new TimeoutError(), new CancelledError()]) {
    try {
      await timeout(10, async (inside) => {
        scope = inside
        throw error
      })
    } catch (caught) {
      log(caught, caught === error, scope?.expired(), task.cancelling())
    }
  }
  const future = getRunningLoop().createFuture()
  getRunningLoop().callLater(5, () => future.cancel())
  try {
    await timeout(10, async (inside) => {
      scope = inside
      await future
    })
  } catch (caught) {
    log(caught, scope?.expired(), task.cancelling())
  }
})
