// A future that failed with CancelledError is not cancelled, but the task that awaits it is.

import { CancelledError, coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

export const main = program(async () => {
  const future = getRunningLoop().createFuture<void>()

  const waiter = coroutine(async () => {
    await future
  })

  const task = createTask(waiter())
  await sleep(1)
  future.setException(new CancelledError('by hand'))
  log(future.cancelled(), future.exception())
  try {
    await task
  } catch (error) {
    log(error, reason(error))
  }
  log(task.cancelled(), task.cancelling())
})
