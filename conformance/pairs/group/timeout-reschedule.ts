// reschedule moves the deadline, sets or clears it; once it has expired it refuses.

import { getRunningLoop, sleep, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  await timeout(10, async (scope) => {
    await sleep(5)
    scope.reschedule(loop.time() + 20)
    log('later', scope.when())
    await sleep(10)
    scope.reschedule(null)
    log('none', scope.when())
    await sleep(30)
  })
  log('ended')
  try {
    await timeout(null, async (scope) => {
      log(scope.when())
      scope.reschedule(loop.time() + 3)
      await sleep(50)
    })
  } catch {
    log('timed out')
  }
  let scope: Timeout | undefined
  try {
    await timeout(1, async (inside) => {
      scope = inside
      try {
        await sleep(50)
      } finally {
        try {
          scope.reschedule(loop.time() + 30)
        } catch (error) {
          log('refused', error)
        }
      }
    })
  } catch {
    log('timed out')
  }
  try {
    scope?.reschedule(null)
  } catch (error) {
    log('refused', error)
  }
})
