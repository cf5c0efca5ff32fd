// The reason given to a future's `cancel` travels in the CancelledError.

import { getRunningLoop } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const args of [[], ['because'], [5]]) {
    const future = loop.createFuture()
    future.cancel(...args)
    for (const read of [() => future.result(), () => future.exception()]) {
      try {
        read()
      } catch (error) {
        log(error, reason(error))
      }
    }
    try {
      await future
    } catch (error) {
      log('awaited', error, reason(error))
    }
  }
})
