// Two greenlets that switch to each other: 1 3 2 4, and the last one ends in its parent.

import { type Greenlet, greenlet } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const gr1: Greenlet = greenlet(function* () {
    log(1)
    yield* gr2.switch()
    log(2)
    yield* gr2.switch()
    log('not reached')
  })

  const gr2: Greenlet = greenlet(function* () {
    log(3)
    yield* gr1.switch()
    log(4)
  })

  gr1.resume()
  log('back in main', gr1.dead, gr2.dead)
})
