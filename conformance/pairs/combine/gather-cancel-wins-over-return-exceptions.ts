// A gather that is cancelled throws CancelledError even with returnExceptions, and even if a child survives.

import { coroutine, createTask, currentTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const stubborn = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
  } catch {
    log(name, 'survives')
    await sleep(2)
  }
  return name
})

const waiter = coroutine(async (returnExceptions: boolean) => {
  try {
    log(await gather([stubborn('a', 101), sleep(102)], { returnExceptions }))
  } catch (error) {
    log('caught', error, currentTask()?.cancelling())
    throw error
  }
})

export const main = program(async () => {
  for (const returnExceptions of [true, false]) {
    const task = createTask(waiter(returnExceptions))
    await sleep(10)
    task.cancel()
    try {
      await task
    } catch {
      log('cancelled', task.cancelled())
    }
  }
})
