// Callbacks get the arguments they were registered with.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  loop.callSoon(log)
  loop.callSoon(log, 1)
  loop.callSoon(log, 1, 'two', [3])
  loop.callLater(1, log, 'later', null)
  loop.callAt(2, log, 'at', true, false)
  loop.callSoonThreadsafe(log, 'threadsafe', 'too')
  loop.callSoon(log, 'after threadsafe')
  await sleep(3)
})
