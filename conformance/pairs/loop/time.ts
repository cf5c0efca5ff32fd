// The loop's clock moves while everybody waits and stands still while somebody works.

import { getRunningLoop, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const start = loop.time()
  for (let n = 0; n < 100; n++) await sleep(0)
  log(loop.time() - start, ticks())
  await sleep(12.5)
  log(loop.time() - start)
  const future = loop.createFuture<void>()
  loop.callAt(start + 20, () => future.setResult())
  await future
  log(loop.time() - start)
})
