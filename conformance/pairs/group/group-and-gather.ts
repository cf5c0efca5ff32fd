// What a failure leaves behind: gather leaves its other children running, a group has none when it throws.

import { allTasks, coroutine, gather, sleep, taskGroup } from 'hocket'
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

const bad = coroutine(async () => {
  await sleep(5)
  throw new RangeError()
})

export const main = program(async () => {
  try {
    await gather([child('of gather', 10), bad()])
  } catch (error) {
    log(error, allTasks().size)
  }
  await sleep(20)
  try {
    await taskGroup(async (group) => {
      group.createTask(child('of group', 10))
      group.createTask(bad())
    })
  } catch (error) {
    log(error, allTasks().size)
  }
  await sleep(20)
})
