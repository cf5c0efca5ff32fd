// A left-over task that fails while it is cancelled is reported to the exception handler.

import { coroutine, createTask, sleep } from 'hocket'
import { logErrors, program } from '../../src/harness.ts'

const leftover = coroutine(async () => {
  try {
    await sleep(1000)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new RangeError('in clean-up')
  }
})

export const main = program(async () => {
  logErrors()
  createTask(leftover())
  await sleep(5)
  return 'value'
})
