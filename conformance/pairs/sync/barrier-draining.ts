// Who comes while a barrier drains waits for the next round, and is not counted in this one.

import { Barrier, coroutine, createTask, gather } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string) => {
  for (let n = 0; n < 2; n++) {
    const index = await barrier.wait()
    log(name, 'round', n, index, barrier.nWaiting)
  }
})

export const main = program(async () => {
  const barrier = new Barrier(2)
  const tasks = ['a', 'b', 'c', 'd'].map((name) => createTask(party(barrier, name)))
  await gather(tasks)
  log(barrier.nWaiting, barrier.broken)
})
