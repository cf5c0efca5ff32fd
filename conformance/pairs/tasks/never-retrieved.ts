// An error of a task that nobody looks at is reported to the exception handler; one that is looked at is not.

import { coroutine, createTask, sleep } from 'hocket'
import { log, logErrors, program } from '../../src/harness.ts'

const bad = coroutine(async (error: Error) => {
  throw error
})

export const main = program(async () => {
  logErrors()
  const seen = createTask(bad(new TypeError()))
  await sleep(1)
  log(seen.exception())
  const lost = createTask(bad(new RangeError()))
  await sleep(1)
  log('end', lost.done())
})
