// Negative delays are allowed: the most negative fires first, in the next iteration.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const delay of [-1, -10, 0, -5]) loop.callLater(delay, log, 'delay', delay)
  loop.callSoon(log, 'soon')
  await sleep(0)
  log('main')
  await sleep(1)
  log('end')
})
