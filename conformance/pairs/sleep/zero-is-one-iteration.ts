// `sleep(0)` and negative delays give way for exactly one iteration and take no time.

import { getRunningLoop, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const delay of [0, -1, 0, -1000]) {
    loop.callSoon(log, 'meanwhile')
    const start = ticks()
    await sleep(delay)
    log('slept', delay, 'iterations', ticks() - start)
  }
})
