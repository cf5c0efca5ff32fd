// timeoutAt takes a time of the loop's clock; one that is past strikes at the first await.

import { getRunningLoop, sleep, type Timeout, timeoutAt } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  await sleep(10)
  for (const when of [15, 2, null]) {
    let scope: Timeout | undefined
    try {
      await timeoutAt(when, async (inside) => {
        scope = inside
        log(scope.when(), loop.time())
        await sleep(20)
        log('slept')
      })
    } catch {
      log('timed out', scope?.expired())
    }
  }
})
