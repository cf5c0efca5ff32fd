// Children of an inner and an outer group that fail in one iteration: each group throws its own errors.

import { coroutine, currentTask, RuntimeError, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (error: Error) => {
  await sleep(0)
  throw error
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (outer) => {
      try {
        await taskGroup(async (inner) => {
          inner.createTask(bad(new RuntimeError('')))
          outer.createTask(bad(new RangeError()))
        })
      } catch (error) {
        log('inner', error, task.cancelling())
      }
      log('between', task.cancelling())
    })
  } catch (error) {
    log('outer', error, task.cancelling())
  }
})
