// A runnable task whose request is taken back gets the result it waited for.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (future: Future<string>) => {
  log('got', await future)
  return 42
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  const task = createTask(child(future))
  await sleep(0)
  future.setResult('value')
  task.cancel()
  log(task.cancelling())
  task.uncancel()
  log(task.cancelling())
  log(await task)
})
