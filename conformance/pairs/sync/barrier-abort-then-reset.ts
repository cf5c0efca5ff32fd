// After an abort all parties meet at a second barrier, where one of them resets the first, which is good again.

import { Barrier, coroutine, gather } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const size = 4
  const [one, two] = [new Barrier(size), new Barrier(size)]

  const party = coroutine(async (n: number) => {
    try {
      if ((await one.wait()) === size / 2) throw new TypeError()
      await one.wait()
      log(n, 'never')
    } catch (error) {
      if (error instanceof TypeError) {
        await one.abort()
        log(n, 'aborted')
      } else log(n, error)
    }
    if ((await two.wait()) === size / 2) {
      await one.reset()
      log(n, 'reset')
    }
    await two.wait()
    await one.wait()
    log(n, 'through')
  })

  await gather([0, 1, 2, 3].map((n) => party(n)))
  log(one.broken, one.nWaiting)
})
