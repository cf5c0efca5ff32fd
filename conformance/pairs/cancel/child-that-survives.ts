// A cancelled parent waits for a child that swallows the cancel and then gets its result.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const stubborn = coroutine(async () => {
  try {
    await sleep(100)
  } catch {
    log('swallowed')
  }
  await sleep(10)
  return 'value'
})

const parent = coroutine(async () => {
  const value = await createTask(stubborn())
  log('parent got', value, currentTask()?.cancelling())
  return value
})

export const main = program(async () => {
  const task = createTask(parent())
  await sleep(1)
  task.cancel()
  log(await task, task.cancelled())
})
