// A loop that is driven by hand and has nothing left to do can never go on.

import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  loop.callLater(10, log, 'timer')
  log('waits')
  await loop.runUntilComplete(loop.createFuture())
})
