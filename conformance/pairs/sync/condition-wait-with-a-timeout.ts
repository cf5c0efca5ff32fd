// A wait whose time is over throws when it has the lock again, and the notification is for the others.

import { Condition, coroutine, createTask, gather, sleep, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string, delay: number) => {
  await using _held = await condition.acquire()
  try {
    await timeout(delay, async () => {
      await condition.wait()
    })
    log(name, 'woken')
  } catch {
    log(name, 'timed out', condition.locked())
  }
})

export const main = program(async () => {
  const condition = new Condition()
  const tasks = [createTask(waiter(condition, 'a', 10)), createTask(waiter(condition, 'b', 100))]
  await sleep(5)
  {
    await using _held = await condition.acquire()
    await sleep(20)
    log('main leaves')
  }
  await sleep(1)
  {
    await using _held = await condition.acquire()
    condition.notify()
  }
  await gather(tasks)
})
