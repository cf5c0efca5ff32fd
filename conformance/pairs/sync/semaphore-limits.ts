// A semaphore lets so many in at a time, the others in the order in which they came.

import { coroutine, gather, Semaphore, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const worker = coroutine(async (semaphore: Semaphore, n: number) => {
  await using _held = await semaphore.acquire()
  log('in', n, semaphore.locked())
  await sleep(10 + n)
  log('out', n)
})

export const main = program(async () => {
  const semaphore = new Semaphore(2)
  const start = ticks()
  {
    await using _held = await semaphore.acquire()
    log('free', ticks() - start, semaphore.locked())
  }
  await gather([0, 1, 2, 3, 4].map((n) => worker(semaphore, n)))
  log(semaphore.locked())
})
