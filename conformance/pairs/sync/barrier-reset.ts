// reset throws BrokenBarrierError to who waits and leaves the barrier usable; abort leaves it broken until a reset.

import { Barrier, coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string) => {
  try {
    log(name, await barrier.wait())
  } catch (error) {
    log(name, error, barrier.broken)
  }
})

export const main = program(async () => {
  const barrier = new Barrier(2)
  for (const stop of [() => barrier.reset(), () => barrier.abort()]) {
    const task = createTask(party(barrier, 'a'))
    await sleep(1)
    await stop()
    log('stopped', barrier.broken, barrier.nWaiting)
    await task
    await gather([party(barrier, 'b'), party(barrier, 'c')])
  }
  await barrier.reset()
  log('reset', barrier.broken)
  await gather([party(barrier, 'd'), party(barrier, 'e')])
})
