// A released unit belongs to the waiter it was meant for: who comes then waits, and locked() says so.

import { coroutine, createTask, gather, Semaphore, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (semaphore: Semaphore, name: string) => {
  await semaphore.acquire()
  log(name)
})

export const main = program(async () => {
  const semaphore = new Semaphore(0)
  const first = createTask(waiter(semaphore, 'first'))
  await sleep(0)
  semaphore.release()
  log('one', semaphore.locked())
  const second = createTask(waiter(semaphore, 'second'))
  semaphore.release()
  log('two', semaphore.locked())
  await semaphore.acquire()
  log('main', semaphore.locked())
  semaphore.release()
  await gather([first, second])
  log(semaphore.locked())
})
