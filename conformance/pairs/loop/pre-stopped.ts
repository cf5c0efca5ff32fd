// A stop before `run_forever` lets exactly one iteration run, without waiting.

import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  loop.stop()
  await loop.runForever()
  log('nothing was ready')
  loop.callSoon(log, 'ready')
  loop.callLater(10, log, 'timer')
  loop.stop()
  await loop.runForever()
  log('one iteration', loop.time())
  loop.stop()
  loop.stop()
  await loop.runForever()
  log('one more', loop.time())
})
