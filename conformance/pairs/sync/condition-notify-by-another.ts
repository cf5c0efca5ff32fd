// Any task may notify while the lock is held, by whomever; the waiters go on when the holder releases it.

import { Condition, coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string) => {
  await using _held = await condition.acquire()
  await condition.wait()
  log(name, 'goes on')
})

const holder = coroutine(async (condition: Condition) => {
  await using _held = await condition.acquire()
  log('holder')
  await sleep(10)
  log('holder leaves')
})

export const main = program(async () => {
  const condition = new Condition()
  const tasks = ['a', 'b'].map((name) => createTask(waiter(condition, name)))
  await sleep(1)
  const holding = createTask(holder(condition))
  await sleep(1)
  condition.notifyAll()
  log('notified', condition.locked())
  await gather([...tasks, holding])
  try {
    condition.notify()
  } catch (error) {
    log(error)
  }
})
