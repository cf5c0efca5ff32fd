// An error in a callback goes to the exception handler; everything else goes on.

import { getRunningLoop, sleep } from 'hocket'
import { log, logErrors, program } from '../../src/harness.ts'

export const main = program(async () => {
  logErrors()
  const loop = getRunningLoop()

  const bad = (error: Error) => {
    log('bad')
    throw error
  }

  loop.callSoon(bad, new RangeError('soon'))
  loop.callSoon(log, 'after bad')
  loop.callLater(5, bad, new TypeError('later'))
  await sleep(10)
  log('end')
})
