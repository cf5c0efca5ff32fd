// A group that has failed leaves a cancel to be thrown later: one that comes before that says why.

import { coroutine, currentTask, sleep, type Task, taskGroup, timeout } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const fail = coroutine(async () => {
  ;(currentTask() as Task<unknown>).cancel('first')
  try {
    await sleep(2)
  } catch (error) {
    log(error, reason(error))
  }
  await taskGroup(async () => {
    throw new RangeError('body')
  })
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  await timeout(10, async () => {
    try {
      await fail()
    } catch (error) {
      log(error, task.cancelling())
    }
    task.cancel('second')
    try {
      await sleep(2)
    } catch (error) {
      log(error, reason(error), task.cancelling())
    }
  })
  await sleep(1)
  log('goes on')
})
