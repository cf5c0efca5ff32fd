// A task made in main's last step still gets its first step before it is cancelled.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leftover = coroutine(async () => {
  log('starts')
  try {
    await sleep(10)
  } finally {
    log('finally')
  }
})

export const main = program(async () => {
  const task = createTask(leftover())
  task.addDoneCallback((done) => log('done', done.cancelled()))
  return 'value'
})
