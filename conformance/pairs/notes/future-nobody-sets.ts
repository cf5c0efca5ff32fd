// A future without a task that nobody sets blocks for ever.

import { getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const fut = loop.createFuture()
  log('waiting')
  await fut
  log('not reached')
})
