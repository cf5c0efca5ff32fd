// A KeyboardInterrupt raised in a task ends the run at once; main is cancelled on the way out.

import { coroutine, createTask, KeyboardInterrupt, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(5)
  log('interrupt')
  throw new KeyboardInterrupt()
})

export const main = program(async () => {
  const task = createTask(child())
  try {
    await sleep(100)
  } catch (error) {
    log('main', error)
    throw error
  } finally {
    log('task', task.done())
  }
})
