// A waiter of a semaphore that is cancelled after it was woken gives its unit back.

import { coroutine, createTask, Semaphore, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (semaphore: Semaphore, name: string) => {
  try {
    await semaphore.acquire()
    log(name, 'in', semaphore.locked())
  } catch (error) {
    log(name, 'cancelled', semaphore.locked())
    throw error
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 3; turns++) {
    const semaphore = new Semaphore(0)
    const tasks = ['a', 'b', 'c'].map((name) => createTask(worker(semaphore, name)))
    await sleep(0)
    semaphore.release()
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, tasks[0]?.cancel())
    await sleep(1)
    log(
      tasks.map((task) => task.done()),
      semaphore.locked(),
    )
    for (const task of tasks) task.cancel()
    await wait(tasks)
    semaphore.release()
    log(semaphore.locked())
  }
})
