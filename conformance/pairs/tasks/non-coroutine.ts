// A task over something that is no coroutine is a TypeError.

import { allTasks, createTask, getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  for (const source of [5, 'text', null, { then: 1 }, getRunningLoop().createFuture()]) {
    try {
      createTask(source as never)
    } catch (error) {
      log('refused', error)
    }
  }
  log(allTasks().size)
})
