// A cancelled sleep leaves no timer behind: time goes on to the next real deadline.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const sleeper = coroutine(async () => {
  try {
    await sleep(1000)
  } finally {
    log('finally')
  }
})

export const main = program(async () => {
  const task = createTask(sleeper())
  await sleep(5)
  task.cancel()
  try {
    await task
  } catch (error) {
    log('caught', error)
  }
  await sleep(5)
  log('end')
})
