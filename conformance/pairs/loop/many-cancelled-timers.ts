// Hundreds of timers, most of them cancelled: the rest fire in order.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const order = Array.from({ length: 300 }, (_, n) => ((n + 1) * 37) % 301)
  const timers = new Map(order.map((n) => [n, loop.callLater(n, log, 'timer', n)]))
  for (const [n, timer] of timers) if (n % 30) timer.cancel()
  await sleep(150.5)
  log('half')
  for (const n of [160, 200]) loop.callAt(n + 0.5, log, 'more', n)
  timers.get(240)?.cancel()
  await sleep(200)
  log('end')
})
