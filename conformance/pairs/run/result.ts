// A run gives back what its main coroutine returns.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(5)
  return 'value'
})

export const main = program(async () => {
  log('main')
  return await child()
})
