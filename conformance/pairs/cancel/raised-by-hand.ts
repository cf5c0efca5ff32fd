// A task that raises CancelledError itself is cancelled, though nobody asked for it.

import { CancelledError, coroutine, createTask, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(1)
  throw new CancelledError('by hand')
})

export const main = program(async () => {
  const task = createTask(child())
  try {
    await task
  } catch (error) {
    log(error, reason(error))
  }
  log(task.cancelled(), task.cancelling())
})
