// Done callbacks run in the next iteration in the order they were added; a late one too.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<string>()
  for (let n = 0; n < 3; n++) {
    future.addDoneCallback((future) => log('callback', n, future.result()))
  }
  loop.callSoon(log, 'soon before')
  future.setResult('value')
  loop.callSoon(log, 'soon after')
  log('set, nothing ran')
  future.addDoneCallback(() => log('late'))
  log('late added, nothing ran')
  await sleep(0)
  log('end')
})
