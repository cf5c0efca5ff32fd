// A timer that is due runs behind what was ready before; timers set in callbacks wait for the next iteration.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()

  const busy = (n: number) => {
    log('busy', n)
    loop.callLater(0, log, 'timer of', n)
    if (n) loop.callSoon(busy, n - 1)
  }

  loop.callSoon(busy, 3)
  await sleep(5)
  log('end')
})
