// Ctrl-C cancels main, which may clean up with awaits; run then throws KeyboardInterrupt.

import { coroutine, createTask, currentTask, sleep } from 'hocket'
import { interrupt, log, program } from '../../src/harness.ts'

const other = coroutine(async () => {
  try {
    await sleep(1000)
  } finally {
    log('other ends')
  }
})

const presser = coroutine(async () => {
  await sleep(5)
  log('Ctrl-C')
  interrupt()
  log('goes on')
})

export const main = program(async () => {
  createTask(other())
  createTask(presser())
  try {
    await sleep(100)
  } catch (error) {
    log('main', error, currentTask()?.cancelling())
    await sleep(10)
    log('cleaned up')
    throw error
  }
})
