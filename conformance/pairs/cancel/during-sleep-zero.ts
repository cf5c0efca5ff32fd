// A task that gives way with `sleep(0)` has nothing to cancel: its next step throws.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(0)
    log('not reached')
  } catch (error) {
    log('thrown', error)
  }
  await sleep(0)
  return 'end'
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(0)
  log(task.cancel())
  log(await task)
})
