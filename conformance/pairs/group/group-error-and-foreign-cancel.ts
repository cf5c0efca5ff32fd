// A foreign cancel in the iteration of a child's error is not lost: it strikes at the next await after the group.

import {
  coroutine,
  createTask,
  currentTask,
  Event,
  RuntimeError,
  sleep,
  type Task,
  taskGroup,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const event = new Event()

  const bad = coroutine(async () => {
    event.set()
    await sleep(0)
    throw new RuntimeError('')
  })

  const inner = coroutine(async () => {
    const task = currentTask() as Task<unknown>
    try {
      await taskGroup(async (group) => {
        group.createTask(bad())
        try {
          await sleep(10)
        } catch (error) {
          log('body', task.cancelling())
          throw error
        }
      })
    } catch (error) {
      log(error, task.cancelling())
    }
    try {
      await sleep(20)
    } catch (error) {
      log('after', task.cancelling())
      throw error
    }
    log('never')
  })

  const task = createTask(inner())
  await event.wait()
  log(task.cancelling())
  task.cancel()
  log(task.cancelling())
  try {
    await task
  } catch {
    log(task.cancelled())
  }
})
