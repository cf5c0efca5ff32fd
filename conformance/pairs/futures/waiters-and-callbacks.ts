// Awaiting tasks and callbacks of one future share one queue.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<string>()

  const waiter = coroutine(async (name: string) => {
    log(name, await future)
  })

  future.addDoneCallback(() => log('callback 1'))
  const first = createTask(waiter('waiter 1'))
  await sleep(0)
  future.addDoneCallback(() => log('callback 2'))
  const second = createTask(waiter('waiter 2'))
  await sleep(0)
  future.addDoneCallback(() => log('callback 3'))
  future.setResult('value')
  await second
  log(first.done())
})
