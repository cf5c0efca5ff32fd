// What was shielded and is still running when run ends is cancelled like any other task.

import { coroutine, createTask, shield, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const commit = coroutine(async () => {
  try {
    log('commit begins')
    await sleep(50)
    log('never')
  } catch (error) {
    log('commit cancelled')
    throw error
  }
})

const request = coroutine(async () => {
  await shield(commit())
})

export const main = program(async () => {
  const task = createTask(request())
  await sleep(10)
  task.cancel()
  await wait([task])
  log('request', task.cancelled())
  await sleep(10)
  return 'end'
})
