// An abort by a party that has left while others have not: all of them, and those that came back, get the error.

import { Barrier, coroutine, gather } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const size = 5
  const barrier = new Barrier(size)
  let count = 0

  const party = coroutine(async (n: number) => {
    try {
      log(n, 'index', await barrier.wait())
    } catch (error) {
      log(n, 'draining', error)
      return
    }
    count += 1
    if (count > Math.floor(size / 2)) {
      await barrier.abort()
      log(n, 'aborted')
    } else {
      try {
        await barrier.wait()
      } catch (error) {
        log(n, 'blocked', error)
      }
    }
  })

  await gather([0, 1, 2, 3, 4].map((n) => party(n)))
  log(barrier.broken, barrier.nWaiting)
})
