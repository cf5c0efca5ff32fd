// A cancelled handle does not run, even when it is cancelled in the iteration it was due in.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const first = loop.callSoon(log, 'not reached')
  first.cancel()
  loop.callSoon(() => second.cancel())
  const second = loop.callSoon(log, 'not reached')
  const third = loop.callSoon(log, 'third')
  log(first.cancelled(), second.cancelled(), third.cancelled())
  await sleep(0)
  third.cancel()
  log(first.cancelled(), second.cancelled(), third.cancelled())
})
