// A timeout of zero or less strikes at the first await that suspends: a body without one succeeds.

import { sleep, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  for (const delay of [0, -5]) {
    let scope: Timeout | undefined
    await timeout(delay, async (inside) => {
      scope = inside
      log('no await', delay, scope.expired())
    })
    log('ended', scope?.expired())
    try {
      await timeout(delay, async (scope) => {
        log('before')
        await sleep(0)
        log('after one iteration', scope.expired())
        await sleep(50)
        log('never')
      })
    } catch {
      log('timed out')
    }
  }
})
