// A barrier opens when all parties wait; each has an index, and then it can be used again.

import { Barrier, coroutine, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string, delay: number) => {
  for (let n = 0; n < 2; n++) {
    await sleep(delay)
    log(name, 'waits', barrier.nWaiting)
    const index = await barrier.wait()
    log(name, 'round', n, index)
  }
})

export const main = program(async () => {
  const barrier = new Barrier(3)
  log(barrier.parties, barrier.nWaiting, barrier.broken)
  await gather([party(barrier, 'a', 30), party(barrier, 'b', 10), party(barrier, 'c', 20)])
  log(barrier.nWaiting, barrier.broken)
  try {
    new Barrier(0)
  } catch (error) {
    log(error)
  }
})
