// Awaiting a future that is done costs no iteration, with a result or an error.

import { getRunningLoop } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  loop.callSoon(log, 'next iteration')
  const [good, bad, gone] = [loop.createFuture(), loop.createFuture(), loop.createFuture()]
  good.setResult('good')
  bad.setException(new RangeError('bad'))
  gone.cancel()
  const start = ticks()
  log(await good, await good)
  for (const future of [bad, gone]) {
    try {
      await future
    } catch (error) {
      log(error)
    }
  }
  log('iterations', ticks() - start)
})
