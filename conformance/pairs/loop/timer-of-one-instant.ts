// A callback run by a timer may cancel one that is due a moment later.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const later = loop.callLater(10.5, log, 'not reached')

  const first = () => {
    log('first')
    later.cancel()
    loop.callLater(1, log, 'last')
  }

  loop.callLater(10, first)
  await sleep(20)
})
