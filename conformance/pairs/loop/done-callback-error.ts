// An error in a done callback is reported; the other callbacks and the waiter still run.

import { getRunningLoop } from 'hocket'
import { log, logErrors, program } from '../../src/harness.ts'

export const main = program(async () => {
  logErrors()
  const future = getRunningLoop().createFuture<string>()

  const bad = () => {
    throw new RangeError('bad')
  }

  future.addDoneCallback(() => log('before'))
  future.addDoneCallback(bad)
  future.addDoneCallback(() => log('after'))
  future.getLoop().callLater(1, () => future.setResult('value'))
  log(await future)
})
