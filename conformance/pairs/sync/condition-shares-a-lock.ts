// Two conditions over one lock: a waiter of each, and only one of them goes on at a time.

import { Condition, coroutine, createTask, gather, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string) => {
  await using _held = await condition.acquire()
  await condition.wait()
  log(name, 'goes on')
  await sleep(2)
  log(name, 'leaves')
})

export const main = program(async () => {
  const lock = new Lock()
  const [full, free] = [new Condition(lock), new Condition(lock)]
  const tasks = [createTask(waiter(full, 'full')), createTask(waiter(free, 'free'))]
  await sleep(1)
  {
    await using _held = await lock.acquire()
    log(full.locked(), free.locked())
    free.notifyAll()
    full.notifyAll()
  }
  await gather(tasks)
  log(lock.locked())
})
