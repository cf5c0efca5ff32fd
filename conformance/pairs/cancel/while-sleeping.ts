// A cancel is thrown where the task waits, one iteration after the request.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    log('sleeps')
    await sleep(100)
    log('not reached')
  } catch (error) {
    log('thrown', error)
    throw error
  } finally {
    log('finally')
  }
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(10)
  log('cancel', task.cancel(), task.done())
  try {
    await task
  } catch (error) {
    log('caught', error)
  }
  log(task.cancelled())
})
