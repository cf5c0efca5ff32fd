// A timeout in the body of a group, around part of it: the children run on when it strikes.

import { coroutine, currentTask, sleep, taskGroup, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
    log(name, 'ends')
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

export const main = program(async () => {
  await taskGroup(async (group) => {
    group.createTask(child('a', 30))
    try {
      await timeout(10, async () => {
        group.createTask(child('b', 20))
        await sleep(100)
      })
    } catch (error) {
      log(error, currentTask()?.cancelling())
    }
  })
  log('end')
})
