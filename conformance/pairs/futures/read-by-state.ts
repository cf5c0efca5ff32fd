// What `result()` and `exception()` give in each of the four states.

import { getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const futures = {
    pending: loop.createFuture<string>(),
    done: loop.createFuture<string>(),
    failed: loop.createFuture<string>(),
    cancelled: loop.createFuture<string>(),
  }
  futures.done.setResult('value')
  futures.failed.setException(new RangeError('x'))
  futures.cancelled.cancel()
  for (const [name, future] of Object.entries(futures)) {
    for (const method of ['result', 'exception'] as const) {
      try {
        log(name, method, future[method]())
      } catch (error) {
        log(name, method, 'raises', error)
      }
    }
  }
})
