// Future first, task second, both in one iteration: one cancel comes out.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (future: Future<void>) => {
  await future
  return 12
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<void>()
  const task = createTask(child(future))
  await sleep(0)
  log(future.cancel(), task.cancel(), task.cancelling())
  try {
    await task
  } catch (error) {
    log(error)
  }
  log(task.done(), future.cancelled(), task.cancelled())
})
