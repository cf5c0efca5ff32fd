// Errors of an inner group that is cancelled from outside come out as a group in the outer group.

import { coroutine, createTask, RuntimeError, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (error: Error) => {
  try {
    await sleep(100)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw error
  }
})

const runner = coroutine(async () => {
  await taskGroup(async () => {
    await taskGroup(async (inner) => {
      inner.createTask(child(new RangeError()))
      await sleep(5)
      inner.createTask(child(new RuntimeError('')))
      await sleep(50)
    })
  })
})

export const main = program(async () => {
  const task = createTask(runner())
  await sleep(10)
  task.cancel()
  try {
    await task
  } catch (error) {
    log(error, task.cancelling())
  }
})
