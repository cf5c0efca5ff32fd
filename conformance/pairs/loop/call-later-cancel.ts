// A cancelled timer does not fire, whether it was first, last or in between.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const timers = Array.from({ length: 6 }, (_, n) => loop.callLater(10 * n + 10, log, 'timer', n))
  timers[0]?.cancel()
  timers[3]?.cancel()
  loop.callLater(25, () => timers[5]?.cancel())
  log(timers.map((timer) => timer.cancelled()))
  await sleep(100)
  log(timers.map((timer) => timer.cancelled()))
  timers[1]?.cancel()
  log(timers[1]?.cancelled(), timers[1]?.when())
})
