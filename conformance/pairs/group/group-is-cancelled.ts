// Cancelling a task in the body of a group, or waiting for its end, cancels the children and stays a cancel.

import { coroutine, createTask, currentTask, sleep, taskGroup, wait } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async (name: string) => {
  try {
    await sleep(200 + name.length)
  } catch (error) {
    log(name, 'cancelled', reason(error))
    throw error
  }
})

const runner = coroutine(async (delay: number) => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child('a'))
      group.createTask(child('bb'))
      await sleep(delay)
      log('body ends')
    })
  } catch (error) {
    log('runner', error, reason(error), currentTask()?.cancelling())
    throw error
  }
})

export const main = program(async () => {
  for (const delay of [100, 5]) {
    const task = createTask(runner(delay))
    await sleep(10)
    task.cancel('enough')
    await wait([task])
    log(task.cancelled())
  }
})
