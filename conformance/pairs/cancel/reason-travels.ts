// The reason of a cancel is in the error inside, at the awaiter and at every later read.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    log('inside', reason(error))
    throw error
  }
})

export const main = program(async () => {
  for (const why of ['because', 5, null]) {
    const task = createTask(child())
    await sleep(1)
    task.cancel(why)
    try {
      await task
    } catch (error) {
      log('awaiter', reason(error))
    }
    for (const read of [() => task.result(), () => task.exception()]) {
      try {
        read()
      } catch (error) {
        log('later', error)
      }
    }
  }
})
