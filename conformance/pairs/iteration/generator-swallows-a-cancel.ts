// A generator that swallows a cancel gives its next value, and its consumer knows only from cancelling().

import { asyncGenerator, coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const ticker = asyncGenerator(async function* () {
  for (let n = 0; n < 3; n++) {
    try {
      await sleep(10)
      yield n
    } catch {
      log('swallowed')
      yield -n
    }
  }
})

const consumer = coroutine(async () => {
  for await (const n of ticker()) {
    log(n, currentTask()?.cancelling())
  }
})

export const main = program(async () => {
  const task = createTask(consumer())
  await sleep(15)
  task.cancel()
  await task
  log(task.cancelled())
})
