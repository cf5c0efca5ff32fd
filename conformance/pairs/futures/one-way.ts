// A future is set once; every later change is refused.

import { getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const [done, failed, cancelled] = [
    loop.createFuture<number>(),
    loop.createFuture<number>(),
    loop.createFuture<number>(),
  ]
  log(done.done(), done.cancelled())
  done.setResult(1)
  failed.setException(new RangeError('x'))
  log(cancelled.cancel())
  for (const future of [done, failed, cancelled]) {
    for (const change of [
      () => future.setResult(2),
      () => future.setException(new TypeError('y')),
    ]) {
      try {
        change()
      } catch (error) {
        log('refused', error)
      }
    }
    log('cancel', future.cancel(), future.done(), future.cancelled())
  }
  log(done.result(), done.exception(), failed.exception())
})
