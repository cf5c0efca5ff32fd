// The error object that was set comes out at every waiter, the same one.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const boom = new RangeError('boom')

  const waiter = coroutine(async (name: string) => {
    try {
      await future
    } catch (error) {
      log(name, error === boom)
    }
  })

  const tasks = ['a', 'b'].map((name) => createTask(waiter(name)))
  await sleep(1)
  future.setException(boom)
  for (const task of tasks) await task
  log(future.exception() === boom, future.cancelled())
  await future
})
