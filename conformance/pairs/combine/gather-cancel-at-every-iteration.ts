// A task cancelled in each iteration of its gather: when it loses the results, and what becomes of the children.

import { coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, turns: number) => {
  try {
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    return name
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

const parent = coroutine(async () => await gather([child('a', 0), child('b', 1), child('c', 3)]))

export const main = program(async () => {
  for (let turns = 0; turns < 9; turns++) {
    const task = createTask(parent())
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    try {
      log(await task)
    } catch (error) {
      log(error, task.cancelled())
    }
    await sleep(1)
  }
})
