// A body that awaits in its clean-up after its group has cancelled it, and is cancelled from outside meanwhile.

import { coroutine, createTask, currentTask, sleep, type Task, taskGroup } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const bad = coroutine(async () => {
  await sleep(5)
  throw new RangeError()
})

const runner = coroutine(async () => {
  const task = currentTask() as Task<unknown>
  await taskGroup(async (group) => {
    group.createTask(bad())
    try {
      await sleep(100)
    } finally {
      log('clean-up', task.cancelling())
      try {
        await sleep(10)
        log('cleaned up', task.cancelling())
      } catch (error) {
        log('cut short', reason(error), task.cancelling())
        // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
        throw error
      }
    }
  })
})

export const main = program(async () => {
  for (const foreign of [false, true]) {
    const task = createTask(runner())
    await sleep(8)
    if (foreign) task.cancel('foreign')
    try {
      await task
    } catch (error) {
      log(error, task.cancelled(), task.cancelling())
    }
  }
})
