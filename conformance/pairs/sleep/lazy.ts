// The delay counts from the await, not from the call of `sleep`.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const coro = sleep(10, 'ten')
  await sleep(100)
  log(await coro, loop.time())
})
