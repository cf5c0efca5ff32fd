// A child fails, and the body fails with something else in its clean-up: both errors, and not the cancellation.

import { coroutine, currentTask, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async () => {
  await sleep(10)
  throw new RangeError()
})

const nested = coroutine(async (delay: number) => {
  try {
    await sleep(delay)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new TypeError()
  }
})

export const main = program(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(bad())
      await nested(100)
    })
  } catch (error) {
    log(error, currentTask()?.cancelling())
  }
  try {
    await taskGroup(async (group) => {
      group.createTask(nested(100))
      group.createTask(nested(101))
      await bad()
    })
  } catch (error) {
    log(error, currentTask()?.cancelling())
  }
})
