// Waiters that are cancelled one after the other, each just after it was woken: the last one has the lock.

import { coroutine, createTask, Lock, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const lock = new Lock()
  await lock.acquire()
  const tasks: Task<void>[] = []

  const worker = coroutine(async (n: number) => {
    try {
      await lock.acquire()
      log(n, 'has it')
    } catch (error) {
      log(n, 'cancelled', lock.locked())
      if (n + 1 < 4) tasks[n + 1]?.cancel()
      throw error
    }
  })

  tasks.push(...[0, 1, 2, 3, 4, 5].map((n) => createTask(worker(n))))
  await sleep(0)
  lock.release()
  tasks[0]?.cancel()
  await sleep(1)
  log(
    tasks.map((task) => task.done()),
    lock.locked(),
  )
  lock.release()
  await tasks[5]
})
