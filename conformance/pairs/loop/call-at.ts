// `call_at` takes a time of the loop's clock; what has passed fires at once, oldest first.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  await sleep(10)
  loop.callAt(25, log, 'at 25')
  loop.callAt(15, log, 'at 15')
  loop.callAt(7, log, 'at 7')
  loop.callAt(3, log, 'at 3')
  loop.callSoon(log, 'soon')
  log('now', loop.time())
  await sleep(0)
  log('one iteration later')
  await sleep(50)
  log('end', loop.time())
})
