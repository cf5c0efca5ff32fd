// A task cancelled while it waits for the lock of a condition to enter it never has the lock, and wakes nobody.

import { Condition, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string) => {
  try {
    await using _held = await condition.acquire()
    log(name, 'in')
    await condition.wait()
    log(name, 'woken')
  } catch (error) {
    log(name, 'cancelled', condition.locked())
    throw error
  }
})

export const main = program(async () => {
  const condition = new Condition()
  const first = createTask(waiter(condition, 'first'))
  await sleep(1)
  {
    await using _held = await condition.acquire()
    const second = createTask(waiter(condition, 'second'))
    await sleep(1)
    second.cancel()
    await sleep(1)
    log(second.cancelled(), condition.locked())
    condition.notify()
  }
  await first
})
