// A timeout reaches what its own task awaits: a task that it awaits is cancelled, one that it only made is not.

import { coroutine, createTask, sleep, type Task, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string) => {
  try {
    await sleep(30 + name.length)
    log(name, 'ends')
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

export const main = program(async () => {
  let onlyMade: Task<void> | undefined
  let awaited: Task<void> | undefined
  try {
    await timeout(10, async () => {
      onlyMade = createTask(child('only made'))
      awaited = createTask(child('awaited'))
      await awaited
    })
  } catch (error) {
    log(error, onlyMade?.done(), awaited?.cancelled())
  }
  await onlyMade
})
