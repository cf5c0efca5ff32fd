// A return in a finally block swallows the cancel.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    return 'swallowed by return'
  }
})

export const main = program(async () => {
  const task = createTask(child())
  await sleep(1)
  task.cancel()
  log(await task, task.cancelled())
})
