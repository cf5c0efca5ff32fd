// Awaiting a child one has cancelled oneself: the error is the child's, not a request to oneself.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(100)
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  task.cancel()
  try {
    await task
  } catch {
    log(currentTask()?.cancelling() ? 'mine' : 'the child\u2019s')
  }
  await sleep(1)
  log('goes on')
})
