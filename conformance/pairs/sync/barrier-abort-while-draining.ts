// abort and reset in each iteration around the opening: who gets an index and who an error.

import { Barrier, CancelledError, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const party = coroutine(async (barrier: Barrier, name: string) => {
  try {
    log(name, await barrier.wait())
  } catch (error) {
    if (error instanceof CancelledError) throw error
    log(name, error)
  }
})

export const main = program(async () => {
  for (const stop of ['abort', 'reset'] as const) {
    for (let turns = 0; turns < 4; turns++) {
      log(stop, turns)
      const barrier = new Barrier(2)
      const tasks = ['a', 'b', 'c'].map((name) => createTask(party(barrier, name)))
      for (let turn = 0; turn < turns; turn++) await sleep(0)
      await barrier[stop]()
      await sleep(1)
      log(
        tasks.map((task) => task.done()),
        barrier.nWaiting,
        barrier.broken,
      )
      for (const task of tasks) task.cancel()
      await wait(tasks)
    }
  }
})
