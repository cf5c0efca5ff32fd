// Cancelling a future runs its callbacks and throws into its waiters.

import { coroutine, createTask, currentTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  future.addDoneCallback((future) => log('callback', future.cancelled()))

  const waiter = coroutine(async () => {
    try {
      await future
      return 'not cancelled'
    } catch (error) {
      log('waiter', error, currentTask()?.cancelling())
      return 'caught'
    }
  })

  const careless = coroutine(async () => {
    await future
  })

  const first = createTask(waiter())
  const second = createTask(careless())
  await sleep(1)
  log(future.cancel())
  log(await first, first.cancelled())
  await sleep(0)
  log(second.cancelled(), second.cancelling())
})
