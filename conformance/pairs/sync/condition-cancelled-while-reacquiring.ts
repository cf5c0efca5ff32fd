// A cancel that comes while a notified waiter takes its lock again: the reason arrives, when it has the lock.

import { Condition, coroutine, createTask, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

export const main = program(async () => {
  const condition = new Condition()
  let wake = false

  const waiter = coroutine(async () => {
    await using _held = await condition.acquire()
    try {
      await condition.waitFor(() => wake)
    } catch (error) {
      log('waiter', reason(error), condition.locked())
      throw error
    }
  })

  const task = createTask(waiter())
  await sleep(0)
  await condition.acquire()
  wake = true
  condition.notify()
  await sleep(0)
  task.cancel('foo')
  condition.release()
  try {
    await task
  } catch (error) {
    log('main', reason(error), condition.locked())
  }
})
