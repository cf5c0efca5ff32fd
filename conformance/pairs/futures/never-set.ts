// A future that nobody sets: the loop can never go on.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  log('waits')
  await sleep(10)
  await loop.createFuture()
  log('not reached')
})
