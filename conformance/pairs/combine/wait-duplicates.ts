// The same task given to wait twice is there once.

import { createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const task = createTask(sleep(5))
  const other = createTask(sleep(50))
  const { done, pending } = await wait([task, other, task, other], { timeout: 10 })
  log(done.size, pending.size)
})
