// Notified waiters that are all cancelled pass their wake-ups on, to a waiter that was not notified.

import { Condition, coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (condition: Condition, name: string) => {
  try {
    await using _held = await condition.acquire()
    await condition.wait()
    log(name, 'woken')
  } catch (error) {
    log(name, 'cancelled', condition.locked())
    throw error
  }
})

export const main = program(async () => {
  for (const hold of [0, 1]) {
    const condition = new Condition()
    const tasks = ['a', 'b', 'c', 'd'].map((name) => createTask(waiter(condition, name)))
    await sleep(1)
    {
      await using _held = await condition.acquire()
      condition.notify(2)
      await sleep(hold)
      tasks[0]?.cancel()
      tasks[1]?.cancel()
    }
    await sleep(1)
    log(
      tasks.map((task) => task.done()),
      condition.locked(),
    )
    for (const task of tasks) task.cancel()
    await wait(tasks)
  }
})
