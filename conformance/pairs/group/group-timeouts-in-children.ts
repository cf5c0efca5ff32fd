// A timeout inside a child is the child's own; one that is not caught there is an error of the group.

import { CancelledError, coroutine, sleep, TimeoutError, taskGroup, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number, catches: boolean) => {
  try {
    await timeout(delay, async () => await sleep(100 + delay))
  } catch (error) {
    log(name, error instanceof TimeoutError ? 'timed out' : 'cancelled')
    if (error instanceof CancelledError || !catches) throw error
  }
})

export const main = program(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(child('a', 5, true))
      group.createTask(child('b', 10, false))
      group.createTask(child('c', 20, true))
    })
  } catch (error) {
    log(error)
  }
})
