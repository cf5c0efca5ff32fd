// The way to let a critical section end: shield it, and on a cancel wait for it before going on.

import { coroutine, createTask, shield, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const commit = coroutine(async () => {
  await sleep(20)
  log('committed')
})

const request = coroutine(async () => {
  const task = createTask(commit())
  try {
    await shield(task)
  } catch (error) {
    log('cancelled, waits for the commit')
    await task
    throw error
  }
})

export const main = program(async () => {
  const task = createTask(request())
  await sleep(10)
  task.cancel()
  await wait([task])
  log(task.cancelled(), task.cancelling())
})
