// A cancel in each iteration around a child's error: which of the two the awaiter sees.

import { allTasks, coroutine, createTask, currentTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (turns: number) => {
  for (let turn = 0; turn < turns; turn++) await sleep(0)
  throw new RangeError()
})

const slow = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    log('slow cancelled')
    throw error
  }
})

const parent = coroutine(
  async (returnExceptions: boolean) => await gather([bad(1), slow()], { returnExceptions }),
)

export const main = program(async () => {
  for (const returnExceptions of [false, true]) {
    for (let turns = 1; turns < 7; turns++) {
      const task = createTask(parent(returnExceptions))
      for (let turn = 0; turn < turns; turn++) await sleep(0)
      log('cancel', turns, task.cancel())
      try {
        log(await task)
      } catch (error) {
        log(error, task.cancelled(), currentTask()?.cancelling())
      }
      for (const left of allTasks()) if (left !== currentTask()) left.cancel()
      await sleep(1)
    }
  }
})
