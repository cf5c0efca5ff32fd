// reschedule to a time that is past strikes at the next await, and a reschedule in time undoes that.

import { getRunningLoop, sleep, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  try {
    await timeout(100, async (scope) => {
      await sleep(10)
      scope.reschedule(5)
      log('past', scope.when())
      await sleep(20)
    })
  } catch (error) {
    log(error, loop.time())
  }
  await timeout(100, async (scope) => {
    scope.reschedule(1)
    log('still here', scope.expired())
    scope.reschedule(loop.time() + 50)
    await sleep(20)
    log('slept', scope.expired())
  })
})
