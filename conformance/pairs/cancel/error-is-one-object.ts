// Who awaits a cancelled task first gets the very CancelledError that its coroutine threw on, later ones another.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (seen: unknown[]) => {
  try {
    await sleep(100)
  } catch (error) {
    seen.push(error)
    throw error
  }
})

export const main = program(async () => {
  const seen: unknown[] = []
  const task = createTask(child(seen))
  await sleep(1)
  task.cancel('reason')
  for (let n = 0; n < 3; n++) {
    try {
      await task
    } catch (error) {
      log(error === seen[0])
    }
  }
})
