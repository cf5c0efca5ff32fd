// The error of a child cancels its siblings and the body once, and comes out in a group when all have ended.

import { coroutine, currentTask, ExceptionGroup, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const division = new Error('division by zero')

const bad = coroutine(async (delay: number) => {
  await sleep(delay)
  log('raises')
  throw division
})

const good = coroutine(async (name: string, cleanUp: number) => {
  try {
    await sleep(100 + cleanUp)
  } catch (error) {
    log(name, 'cancelled')
    await sleep(cleanUp)
    log(name, 'cleaned up')
    throw error
  }
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      group.createTask(bad(10))
      group.createTask(good('a', 5))
      group.createTask(good('b', 2))
      try {
        await sleep(200)
      } catch (error) {
        log('body cancelled', task.cancelling())
        throw error
      }
    })
  } catch (error) {
    const errors = error instanceof ExceptionGroup ? error.exceptions : []
    log(errors.length, errors[0] === division)
  }
  log(task.cancelling())
  await sleep(1)
  log('goes on')
})
