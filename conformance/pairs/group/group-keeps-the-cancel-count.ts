// A group takes back the cancel it asked its parent for: cancelling() is what it was before.

import { coroutine, currentTask, RuntimeError, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (delay: number) => {
  await sleep(delay)
  throw new RuntimeError('')
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  for (const [delay, before] of [
    [0, 0],
    [5, 0],
    [0, 1],
    [5, 1],
  ] as const) {
    for (let n = 0; n < before; n++) {
      task.cancel()
      try {
        await sleep(1)
      } catch {}
    }
    try {
      await taskGroup(async (group) => {
        group.createTask(bad(delay))
        if (delay > 0) await sleep(50)
      })
    } catch (error) {
      log(error, task.cancelling())
    }
    try {
      await sleep(1)
    } catch {
      log('cancelled again', task.cancelling())
    }
    while (task.cancelling() > 0) task.uncancel()
  }
})
