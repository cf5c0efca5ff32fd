// An error of a child that comes after the gather's own is marked as seen: nobody reports it.

import { coroutine, gather, RuntimeError, sleep } from 'hocket'
import { log, logErrors, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error: Error) => {
  await sleep(delay)
  log('raises', error)
  throw error
})

export const main = program(async () => {
  logErrors()
  try {
    await gather([child(1, new RangeError()), child(2, new RuntimeError(''))])
  } catch (error) {
    log('caught', error)
  }
  await sleep(10)
  log('end')
})
