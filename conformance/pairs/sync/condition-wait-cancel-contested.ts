// A notified waiter that is cancelled while others hold the lock ends cancelled, and has the lock.

import { Condition, coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition) => {
  try {
    log('woken', await condition.wait())
  } catch (error) {
    log('cancelled')
    throw error
  }
})

export const main = program(async () => {
  const condition = new Condition()
  const loop = getRunningLoop()
  await condition.acquire()
  const task = createTask(waiter(condition))
  await sleep(0)
  log(condition.locked())
  await condition.acquire()
  condition.notify()
  loop.callSoon(() => task.cancel())
  loop.callSoon(() => condition.release())
  try {
    await task
  } catch {
    log('main')
  }
  log(condition.locked(), task.cancelled())
})
