// A bounded semaphore refuses to go over its first value, a plain one does not; below zero neither begins.

import { BoundedSemaphore, Semaphore } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const bounded = new BoundedSemaphore(1)
  try {
    bounded.release()
  } catch (error) {
    log(error)
  }
  await bounded.acquire()
  bounded.release()
  const plain = new Semaphore(1)
  plain.release()
  await plain.acquire()
  await plain.acquire()
  log(plain.locked(), bounded.locked())
  for (const Kind of [Semaphore, BoundedSemaphore]) {
    try {
      new Kind(-1)
    } catch (error) {
      log(error)
    }
  }
})
