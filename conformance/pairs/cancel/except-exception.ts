// A handler for ordinary errors lets a cancel through.

import { CancelledError, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const careful = coroutine(async () => {
  for (;;) {
    try {
      await sleep(10)
      throw new RangeError('every time')
    } catch (error) {
      if (error instanceof CancelledError) throw error
      log('handled', error)
    }
  }
})

export const main = program(async () => {
  const task = createTask(careful())
  await sleep(25)
  task.cancel()
  try {
    await task
  } catch (error) {
    log(error)
  }
  log(task.cancelled())
})
