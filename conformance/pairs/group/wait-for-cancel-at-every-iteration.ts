// A task cancelled in each iteration of its waitFor, of a coroutine and of a task: what it ends with.

import { coroutine, createTask, sleep, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (turns: number) => {
  try {
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    return 'value'
  } catch (error) {
    log('child cancelled')
    throw error
  }
})

const waiter = coroutine(async (make: () => PromiseLike<string>) => await waitFor(make(), 100))

export const main = program(async () => {
  for (const make of [() => child(1), () => createTask(child(1))]) {
    for (let turns = 0; turns < 6; turns++) {
      const task = createTask(waiter(make))
      for (let turn = 0; turn < turns; turn++) await sleep(0)
      log('cancel', turns, task.cancel())
      try {
        log(await task)
      } catch (error) {
        log(error)
      }
    }
  }
})
