// A cancel while a finally block waits interrupts the clean-up.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(10)
    return 'value'
  } finally {
    log('clean-up begins')
    try {
      await sleep(100)
      log('not reached')
    } finally {
      log('clean-up cut short')
    }
  }
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(50)
  task.cancel()
  try {
    await task
  } catch (error) {
    log(error)
  }
})
