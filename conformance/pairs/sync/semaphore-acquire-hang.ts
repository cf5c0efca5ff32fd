// A unit given to a waiter that is cancelled goes to the next one, and is not free meanwhile.

import { createTask, Semaphore, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const semaphore = new Semaphore(0)
  const first = createTask(semaphore.acquire())
  const second = createTask(semaphore.acquire())
  await sleep(0)
  first.cancel()
  semaphore.release()
  log(semaphore.locked())
  await sleep(0)
  await sleep(0)
  log(semaphore.locked(), first.cancelled(), second.done())
})
