// Cancelling a task again while its group waits for children that clean up does not make the group leave them.

import { coroutine, createTask, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    log('clean-up begins')
    await sleep(20)
    log('clean-up ends')
  }
})

const runner = coroutine(async () => {
  await taskGroup(async (group) => {
    group.createTask(child())
    await sleep(200)
  })
})

export const main = program(async () => {
  const task = createTask(runner())
  for (let n = 0; n < 3; n++) {
    await sleep(5)
    log(task.cancel(), task.cancelling())
  }
  try {
    await task
  } catch {
    log('cancelled', task.cancelling())
  }
})
