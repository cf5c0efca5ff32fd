// A bare future is set by another task; its waiter resumes one iteration later.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const future = loop.createFuture<string>()

  const setter = coroutine(async () => {
    await sleep(5)
    log('set')
    future.setResult('value')
    log('still my step')
  })

  const task = createTask(setter())
  log(future.done())
  log(await future, future.done(), task.done())
})
