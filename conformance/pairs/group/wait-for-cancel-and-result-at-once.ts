// A task cancelled after what it waits for is done ends cancelled: waitFor does not swallow that.

import { coroutine, createTask, type Future, getRunningLoop, sleep, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (future: Future<string>) => {
  log('got', await waitFor(future, 100))
  await sleep(1)
  log('never')
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  let task = createTask(waiter(future))
  await sleep(0)
  future.setResult('value')
  log(future.done(), task.cancel())
  try {
    await task
  } catch {
    log('cancelled', await future)
  }
  task = createTask(waiter(future))
  await sleep(0)
  log(task.cancel())
  try {
    await task
  } catch {
    log('cancelled')
  }
})
