// A result that was set is lost to a cancel in the same iteration.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (future: Future<string>) => {
  try {
    log('got', await future)
    return 'result'
  } catch (error) {
    log('thrown', error)
    return 'no result'
  }
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  const task = createTask(child(future))
  await sleep(0)
  future.setResult('value')
  log(task.cancel(), future.done(), future.cancelled())
  log(await task, future.result())
})
