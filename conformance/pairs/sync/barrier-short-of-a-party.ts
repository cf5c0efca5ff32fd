// A barrier that is short of a party is waited for until a time is over; the others may go on in another round.

import { Barrier, coroutine, gather, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string, delay: number) => {
  try {
    await timeout(delay, async () => {
      log(name, await barrier.wait())
    })
  } catch (error) {
    log(name, error, barrier.nWaiting)
  }
})

export const main = program(async () => {
  const barrier = new Barrier(3)
  await gather([party(barrier, 'a', 10), party(barrier, 'b', 20)])
  log(barrier.nWaiting, barrier.broken)
  await gather(['a', 'bb', 'ccc'].map((name) => party(barrier, name, 5 + name.length)))
  await barrier.wait()
})
