// `ensure_future` gives futures and tasks back and makes a task of a coroutine.

import { coroutine, createTask, ensureFuture, getRunningLoop, isFuture } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('child')
  return 'value'
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture()
  log(ensureFuture(future) === future)
  const task = createTask(child())
  log(ensureFuture(task) === task)
  const made = ensureFuture(child())
  log(made.done(), isFuture(made), isFuture(child))
  log(await made, await task)
  try {
    ensureFuture(5 as never)
  } catch (error) {
    log('refused', error)
  }
})
