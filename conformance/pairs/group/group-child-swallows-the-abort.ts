// A child that swallows the cancel of its group runs on, and the group waits for it.

import { coroutine, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const stubborn = coroutine(async () => {
  for (let n = 0; n < 3; n++) {
    try {
      await sleep(10)
      log('slept')
    } catch {
      log('swallowed')
    }
  }
  return 'value'
})

const bad = coroutine(async () => {
  await sleep(5)
  throw new RangeError()
})

export const main = program(async () => {
  let task: Task<string> | undefined
  try {
    await taskGroup(async (group) => {
      task = group.createTask(stubborn())
      group.createTask(bad())
    })
  } catch (error) {
    log(error, task?.result())
  }
})
