// Many children of a gather, three of them at a time by a semaphore: order of starts and ends.

import { coroutine, gather, Semaphore, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (semaphore: Semaphore, n: number) => {
  {
    await using _held = await semaphore.acquire()
    log('start', n)
    await sleep(10 + ((n * 7) % 5) + n / 100)
    log('end', n)
  }
  return n
})

export const main = program(async () => {
  const semaphore = new Semaphore(3)
  log(await gather([0, 1, 2, 3, 4, 5, 6, 7].map((n) => child(semaphore, n))))
})
