// When the first waiter was cancelled before, units that are released go to the next ones, in order.

import { coroutine, createTask, gather, Semaphore, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const semaphore = new Semaphore(0)

  const worker = coroutine(async (name: string) => {
    await semaphore.acquire()
    log(name)
  })

  for (const turns of [0, 1]) {
    const tasks = ['a', 'b', 'c'].map((name) => createTask(worker(name)))
    await sleep(0)
    tasks[0]?.cancel()
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    semaphore.release()
    semaphore.release()
    log(await gather(tasks, { returnExceptions: true }), semaphore.locked())
  }
})
