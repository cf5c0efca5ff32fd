// A task that cancels itself gets the error at its next await that waits.

import { coroutine, createTask, currentTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const nothing = coroutine(async () => {
  log('inline coroutine runs')
})

const child = coroutine(async () => {
  const done = getRunningLoop().createFuture<string>()
  done.setResult('done future')
  currentTask()?.cancel()
  log('still running')
  await nothing()
  log(await done)
  try {
    await sleep(100)
  } catch (error) {
    log('thrown', error)
  }
  await sleep(1)
  return 'end'
})

export const main = program(async () => {
  log(await createTask(child()))
})
