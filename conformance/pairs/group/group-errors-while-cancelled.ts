// Errors that children raise while they are cancelled join the group, in the order in which they come.

import { coroutine, createTask, RuntimeError, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error: Error) => {
  try {
    await sleep(100 + delay)
  } finally {
    await sleep(delay)
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw error
  }
})

const runner = coroutine(async () => {
  await taskGroup(async (group) => {
    group.createTask(child(3, new RangeError()))
    group.createTask(child(1, new RuntimeError('')))
    group.createTask(child(2, new TypeError()))
    await sleep(50)
  })
})

export const main = program(async () => {
  const task = createTask(runner())
  await sleep(10)
  log(task.done(), task.cancel())
  try {
    await task
  } catch (error) {
    log(error, task.cancelled(), task.cancelling())
  }
})
