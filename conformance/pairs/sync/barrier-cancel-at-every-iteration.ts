// A party cancelled in each iteration around the opening of a barrier: who is through, and what the barrier is then.

import { Barrier, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string) => {
  try {
    log(name, await barrier.wait())
  } catch (error) {
    log(name, error, barrier.nWaiting)
    throw error
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 5; turns++) {
    const barrier = new Barrier(3)
    const tasks = ['a', 'b'].map((name) => createTask(party(barrier, name)))
    await sleep(1)
    tasks.push(createTask(party(barrier, 'c')))
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, tasks[0]?.cancel())
    await sleep(1)
    log(
      tasks.map((task) => task.done()),
      barrier.nWaiting,
      barrier.broken,
    )
    for (const task of tasks) task.cancel()
    await wait(tasks)
  }
})
