// A reset while a barrier drains throws those out that have not left yet, and all meet in the next round.

import { Barrier, coroutine, gather } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const size = 4
  const barrier = new Barrier(size)
  let count = 0

  const party = coroutine(async (n: number) => {
    try {
      await barrier.wait()
    } catch (error) {
      log(n, error)
      await barrier.wait()
      log(n, 'again')
      return
    }
    count += 1
    if (count > size / 2) {
      log(n, 'resets')
      await barrier.reset()
      await barrier.wait()
      log(n, 'after the reset')
    } else {
      try {
        await barrier.wait()
        log(n, 'second round')
      } catch (error) {
        log(n, 'second round', error)
      }
    }
  })

  await gather([0, 1, 2, 3].map((n) => party(n)))
  log(barrier.nWaiting, barrier.broken)
})
