// A group whose parent has a pending cancel when it begins: the body runs to its first await, its children begin.

import { coroutine, createTask, currentTask, sleep, type Task, taskGroup, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('child')
})

const parent = coroutine(async (awaits: boolean) => {
  const task = currentTask() as Task<unknown>
  task.cancel()
  try {
    await taskGroup(async (group) => {
      group.createTask(child())
      log('body')
      if (awaits) {
        await sleep(1)
        log('never')
      }
    })
  } catch (error) {
    log(error, task.cancelling())
    throw error
  }
})

export const main = program(async () => {
  for (const awaits of [true, false]) {
    const task = createTask(parent(awaits))
    await wait([task])
    log(task.cancelled())
  }
})
