// notify wakes the longest waiters, as many as it is told; each goes on when it has the lock again.

import { Condition, coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string) => {
  await using _held = await condition.acquire()
  log(name, 'waits')
  log(name, await condition.wait(), condition.locked())
  await sleep(2)
  log(name, 'leaves')
})

export const main = program(async () => {
  const condition = new Condition()
  const tasks = ['a', 'b', 'c', 'd'].map((name) => createTask(waiter(condition, name)))
  await sleep(1)
  log(condition.locked())
  {
    await using _held = await condition.acquire()
    condition.notify(2)
    log('notified two')
    await sleep(0)
    log('still locked')
  }
  await sleep(10)
  {
    await using _held = await condition.acquire()
    condition.notify()
  }
  await sleep(10)
  {
    await using _held = await condition.acquire()
    condition.notifyAll()
    condition.notify(5)
  }
  await gather(tasks)
})
