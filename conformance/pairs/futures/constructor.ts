// A future made by its class belongs to the running loop.

import { Future, getRunningLoop, isFuture } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = new Future<string>()
  const other = new Future<string>({ loop })
  log(future.getLoop() === loop, other.getLoop() === loop)
  loop.callSoon(() => future.setResult('value'))
  log(await future, isFuture(future), isFuture(5), isFuture(null))
})
