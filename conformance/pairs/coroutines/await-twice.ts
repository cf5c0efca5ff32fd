// A coroutine is one-shot: the second await is a RuntimeError, and nothing runs again.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('body')
  await sleep(1)
  return 1
})

export const main = program(async () => {
  const coro = child()
  log(await coro)
  try {
    await coro
  } catch (error) {
    log('second await', error)
  }
  log('goes on')
})
