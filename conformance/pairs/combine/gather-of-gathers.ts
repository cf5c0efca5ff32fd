// Gathers inside a gather: results nest, an error inside reaches the outermost, and the rest runs on.

import { coroutine, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  await sleep(delay)
  log('ends', delay)
  if (delay === 15) throw new RangeError()
  return delay
})

export const main = program(async () => {
  log(await gather([gather([child(3), child(1)]), child(2)]))
  try {
    await gather([gather([child(31), child(15)]), gather([child(21)])])
  } catch (error) {
    log('caught', error)
  }
  const inner = gather([child(15), child(4)])
  log(await gather([inner, child(5)], { returnExceptions: true }))
  await sleep(20)
})
