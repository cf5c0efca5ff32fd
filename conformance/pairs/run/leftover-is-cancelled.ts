// A task that is left when main returns is cancelled and waited for.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const leftover = coroutine(async () => {
  try {
    await sleep(1000)
  } catch (error) {
    log('thrown', error, reason(error))
    throw error
  } finally {
    await sleep(10)
    log('cleaned')
  }
})

export const main = program(async () => {
  createTask(leftover())
  await sleep(5)
  log('main returns')
  return 'value'
})
