// A cancelled task cancels the future it waits for, and so whoever else waits for it.

import { coroutine, createTask, currentTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (name: string, future: Future<string>) => {
  try {
    log(name, await future)
  } catch (error) {
    log(name, 'thrown', currentTask()?.cancelling())
    throw error
  }
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  const first = createTask(waiter('first', future))
  const second = createTask(waiter('second', future))
  await sleep(1)
  first.cancel()
  log(future.cancelled())
  await sleep(1)
  log(first.cancelled(), second.cancelled(), second.cancelling())
})
