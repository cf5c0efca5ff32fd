// A failed task throws the same error object at every await, from `result()` and as `exception()`.

import { coroutine, createTask, sleep } from 'hocket'
import { log, message, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(1)
  throw new RangeError('failed')
})

export const main = program(async () => {
  const task = createTask(child())
  const errors: unknown[] = []
  for (let round = 0; round < 2; round++) {
    try {
      await task
    } catch (error) {
      log(error, message(error))
      errors.push(error)
    }
  }
  try {
    task.result()
  } catch (error) {
    errors.push(error)
  }
  errors.push(task.exception())
  log(
    errors.length,
    errors.every((error) => error === errors[0]),
  )
  log(task.done(), task.cancelled())
})
