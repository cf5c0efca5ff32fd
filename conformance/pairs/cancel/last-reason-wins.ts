// Two cancels with different reasons: which one is thrown.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async (future: Future<void>) => {
  try {
    await future
  } catch (error) {
    log('inside', reason(error))
    throw error
  }
})

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const wait of [false, true]) {
    const task = createTask(child(loop.createFuture<void>()))
    if (wait) await sleep(0)
    task.cancel('first')
    task.cancel('second')
    try {
      await task
    } catch (error) {
      log('awaiter', reason(error), task.cancelling())
    }
  }
})
