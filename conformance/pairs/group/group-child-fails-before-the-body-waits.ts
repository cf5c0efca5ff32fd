// A child that fails when the body has ended, or in its last iteration: the errors come out, no cancel is left.

import { coroutine, currentTask, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (error: Error) => {
  throw error
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      group.createTask(bad(new RangeError()))
      log('body ends')
    })
  } catch (error) {
    log(error, task.cancelling())
  }
  try {
    await taskGroup(async (group) => {
      group.createTask(bad(new RangeError()))
      group.createTask(bad(new TypeError()))
      await sleep(0)
      log('body ends', task.cancelling())
    })
  } catch (error) {
    log(error, task.cancelling())
  }
  await sleep(0)
  log('goes on')
})
