// A task's first step runs in the next iteration, its awaiter resumes in the one after.

import { coroutine, createTask } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async () => {
  log('child')
})

export const main = program(async () => {
  let start = ticks()
  const task = createTask(nop())
  log('made')
  await task
  log('iterations', ticks() - start)
  start = ticks()
  await task
  log('done task', ticks() - start)
})
