// Parties of different speed through many rounds of a barrier: none is a round ahead.

import { Barrier, coroutine, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const barrier = new Barrier(3)
  const rounds: number[] = []

  const party = coroutine(async (n: number) => {
    for (let k = 0; k < 4; k++) {
      for (let turn = 0; turn < (n * 5 + k * 3) % 4; turn++) await sleep(0)
      const index = await barrier.wait()
      rounds.push(k)
      log(n, k, index)
    }
  })

  await gather([0, 1, 2].map((n) => party(n)))
  log(rounds.every((round, n) => n === 0 || (rounds[n - 1] as number) <= round))
})
