// A party that is cancelled leaves; the barrier is not broken and waits for another one.

import { Barrier, coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string) => {
  try {
    log(name, await barrier.wait())
  } catch (error) {
    log(name, 'cancelled', barrier.nWaiting, barrier.broken)
    throw error
  }
})

export const main = program(async () => {
  const barrier = new Barrier(3)
  const tasks = ['a', 'b'].map((name) => createTask(party(barrier, name)))
  await sleep(1)
  log(barrier.nWaiting, tasks[0]?.cancel())
  await sleep(1)
  tasks.push(...['c', 'd'].map((name) => createTask(party(barrier, name))))
  log(await gather(tasks, { returnExceptions: true }))
})
