// A KeyboardInterrupt of the body comes out bare, after the children were cancelled and have ended.

import { coroutine, currentTask, KeyboardInterrupt, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    log('child ends')
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new RangeError()
  }
})

export const main = program(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child())
      await sleep(5)
      throw new KeyboardInterrupt()
    })
  } catch (error) {
    log('caught', error, currentTask()?.cancelling())
  }
})
