// gather gives its results in the order of its arguments, whichever ends first.

import { coroutine, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  log('start', delay)
  await sleep(delay)
  log('end', delay)
  return delay
})

export const main = program(async () => {
  log(await gather([child(30), child(10), child(20)]))
  log(await gather([3, 2, 1].map((n) => child(n))))
})
