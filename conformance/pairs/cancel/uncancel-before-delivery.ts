// Taking the last request back before the next step undoes it.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('body')
  await sleep(1)
  return 'value'
})

export const main = program(async () => {
  let task = createTask(child())
  log(task.cancel(), task.cancelling())
  log(task.uncancel(), task.cancelling())
  log(await task, task.cancelled())

  task = createTask(child())
  task.cancel()
  task.cancel()
  log(task.uncancel())
  try {
    await task
  } catch {
    log('one request was left')
  }
})
