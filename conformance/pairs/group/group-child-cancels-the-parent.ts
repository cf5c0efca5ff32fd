// A child that cancels the parent of its group by hand: that is a foreign cancel, and stays one.

import { coroutine, createTask, currentTask, sleep, type Task, taskGroup, wait } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async (parent: Task<unknown>) => {
  await sleep(5)
  log('child cancels', parent.cancel('by the child'))
  try {
    await sleep(100)
  } catch (error) {
    log('child cancelled', reason(error))
    throw error
  }
})

const runner = coroutine(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      group.createTask(child(task))
    })
  } catch (error) {
    log('runner', reason(error), task.cancelling())
    throw error
  }
})

export const main = program(async () => {
  const task = createTask(runner())
  await wait([task])
  log(task.cancelled())
})
