// `stop` lets the current iteration end; what was added in it waits for the next run.

import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const second = () => {
    log('second', loop.isRunning())
    loop.callSoon(log, 'added in the last iteration')
  }

  loop.callSoon(log, 'first')
  loop.callSoon(() => loop.stop())
  loop.callSoon(second)
  loop.callLater(10, log, 'timer')
  await loop.runForever()
  log('stopped', loop.isRunning())
  loop.callLater(20, () => loop.stop())
  await loop.runForever()
  log('stopped again', loop.time())
})
