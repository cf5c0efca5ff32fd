// A child that is cancelled, by itself or by somebody, is no error: the group goes on, and ends well.

import { CancelledError, coroutine, currentTask, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const selfish = coroutine(async () => {
  throw new CancelledError()
})

export const main = program(async () => {
  let three: Task<string> | undefined
  await taskGroup(async (group) => {
    const one = group.createTask(sleep(100))
    const two = group.createTask(selfish())
    three = group.createTask(sleep(20, 'three'))
    await sleep(10)
    log(one.cancel(), two.cancelled())
    await sleep(1)
    log(one.cancelled())
  })
  log(three?.result(), currentTask()?.cancelling())
})
