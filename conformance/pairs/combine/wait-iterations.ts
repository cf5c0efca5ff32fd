// wait for a task that ends at once takes three iterations, for one that is done already two.

import { coroutine, createTask, sleep, wait } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async () => {})

export const main = program(async () => {
  const task = createTask(nop())
  let start = ticks()
  await wait([task])
  log('fresh', ticks() - start)
  start = ticks()
  await wait([task])
  log('done', ticks() - start)
  const tasks = [task, createTask(nop()), createTask(sleep(0))]
  start = ticks()
  await wait(tasks)
  log('mixed', ticks() - start)
})
