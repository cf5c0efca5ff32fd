// Ctrl-C in a group of main cancels the children; what they throw meanwhile comes out in place of it.

import { coroutine, currentTask, getRunningLoop, sleep, taskGroup, timeout } from 'hocket'
import { interrupt, log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, error: Error | null) => {
  try {
    await sleep(100 + name.length)
  } finally {
    log(name, 'ends')
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    if (error !== null) throw error
  }
})

export const main = program(async () => {
  getRunningLoop().callLater(5, interrupt)
  try {
    await taskGroup(async (group) => {
      group.createTask(child('a', null))
      group.createTask(child('bb', new RangeError()))
      await timeout(50, async () => await sleep(200))
    })
  } catch (error) {
    log(error, currentTask()?.cancelling())
    throw error
  }
})
