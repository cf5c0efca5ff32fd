// A reset by the last party that leaves a barrier disturbs nobody: the others wait for the next round already.

import { Barrier, coroutine, gather } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const size = 4
  const barrier = new Barrier(size)
  let count = 0

  const party = coroutine(async (n: number) => {
    log(n, 'first', await barrier.wait())
    count += 1
    if (count === size) {
      await barrier.reset()
      log(n, 'reset', barrier.nWaiting)
      await barrier.wait()
    } else {
      try {
        log(n, 'second', await barrier.wait())
      } catch (error) {
        log(n, error)
      }
    }
    log(n, 'third', await barrier.wait())
  })

  await gather([0, 1, 2, 3].map((n) => party(n)))
  log(barrier.broken, barrier.nWaiting)
})
