// Timers fire in the order of their deadlines.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const delay of [30, 10, 50, 20, 40, 0.5]) {
    const timer = loop.callLater(delay, log, 'after', delay)
    log('due', timer.when())
  }
  await sleep(25)
  log('25')
  loop.callLater(10, log, 'at 35')
  await sleep(100)
  log('end')
})
