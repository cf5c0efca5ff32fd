// shield keeps a cancel from the inner task, not from the caller.

import { coroutine, createTask, getRunningLoop, shield, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const waiter = getRunningLoop().createFuture<string>()

  const inner = coroutine(async () => {
    log('inner gets', await waiter)
    return 'value'
  })

  const outer = coroutine(async () => {
    try {
      await shield(inner())
    } catch (error) {
      log('outer cancelled')
      throw error
    }
  })

  const task = createTask(outer())
  await sleep(0)
  await sleep(0)
  task.cancel()
  try {
    await task
  } catch {
    log(task.cancelled())
  }
  waiter.setResult('a result')
  await sleep(1)
})
