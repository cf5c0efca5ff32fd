// The loop is fetched by hand and runs a coroutine to its end.

import { coroutine } from 'hocket'
import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const func1 = coroutine(async () => {
    log('func1')
  })

  const result = func1()
  log('not yet')
  await loop.runUntilComplete(result)
  log('over')
})
