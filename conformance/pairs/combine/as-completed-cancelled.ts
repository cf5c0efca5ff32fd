// A cancelled task among those of asCompleted throws its CancelledError; cancelling the reader leaves the others be.

import { asCompleted, coroutine, createTask, currentTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const reader = coroutine(async (tasks: Task<number>[]) => {
  for (const nextOne of asCompleted(tasks)) {
    try {
      log('got', await nextOne)
    } catch (error) {
      log('cancelled', currentTask()?.cancelling())
      if (currentTask()?.cancelling()) throw error
    }
  }
})

export const main = program(async () => {
  const tasks = [10, 20, 90].map((delay) => createTask(sleep(delay, delay)))
  const reading = createTask(reader(tasks))
  await sleep(5)
  tasks[1]?.cancel()
  await sleep(25)
  reading.cancel()
  try {
    await reading
  } catch {
    log(tasks[2]?.done())
  }
  log(await tasks[2])
})
