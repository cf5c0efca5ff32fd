// After the cancel the awaited future is cancelled itself: setting it is an InvalidStateError.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (future: Future<string>) => {
  await future
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  const task = createTask(child(future))
  await sleep(0)
  task.cancel()
  log(future.cancelled(), task.done())
  try {
    future.setResult('too late')
  } catch (error) {
    log('refused', error)
  }
  await sleep(0)
  log(task.cancelled())
})
