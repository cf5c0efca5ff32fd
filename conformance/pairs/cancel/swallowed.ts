// A coroutine that swallows the cancel runs on; the request stays counted.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } catch {
    log('swallowed')
  }
  await sleep(5)
  log('went on', currentTask()?.cancelling())
  return 'value'
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  task.cancel()
  log(await task, task.cancelled(), task.cancelling())
})
