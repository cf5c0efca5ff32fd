// `call_soon` is first in, first out, and what a callback adds runs in the next iteration.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()

  const callback = (name: string, depth: number) => {
    log(name, depth)
    if (depth) loop.callSoon(callback, name, depth - 1)
  }

  for (const name of ['a', 'b', 'c']) loop.callSoon(callback, name, 2)
  await sleep(0)
  log('main 1')
  await sleep(0)
  log('main 2')
  await sleep(0)
  log('main 3')
})
